import { type AssistantLimits, assistantRoutes } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const usageKey = 'model usage';
const limitsKey = ['model limits'];

/** What was used and spent, by oneself or by everybody. */
export function useUsage(days: number, everybody: boolean) {
  const { api } = useServices();
  return useQuery({
    queryKey: [usageKey, days, everybody],
    queryFn: ({ signal }) => api.call(assistantRoutes.getUsage, { days, everybody: everybody ? 'true' : 'false' }, { signal }),
    staleTime: 5_000,
  });
}

export function useLimits() {
  const { api } = useServices();
  return useQuery({ queryKey: limitsKey, queryFn: ({ signal }) => api.call(assistantRoutes.getLimits, {}, { signal }) });
}

export function useSetLimits() {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (limits: AssistantLimits) => api.call(assistantRoutes.setLimits, limits),
    onSuccess: (limits) => {
      queries.setQueryData(limitsKey, limits);
      void queries.invalidateQueries({ queryKey: [usageKey] });
    },
  });
}
