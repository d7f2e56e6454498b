import { type AlertRuleInput, alertRoutes } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const rulesKey = ['alert rules'];

/** The rules, and what may be done with them. */
export function useRules() {
  const { api } = useServices();
  return useQuery({ queryKey: rulesKey, queryFn: ({ signal }) => api.call(alertRoutes.listAlertRules, {}, { signal }), staleTime: 5_000 });
}

function useRuleChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => queries.invalidateQueries({ queryKey: rulesKey }) });
}

/** Makes a rule, or another one of it where `id` names it. */
export function useSaveRule() {
  const { api } = useServices();
  return useRuleChange(({ id, rule }: { id: string | null; rule: AlertRuleInput }) =>
    id === null ? api.call(alertRoutes.createAlertRule, rule) : api.call(alertRoutes.replaceAlertRule, { id, ...rule }),
  );
}

export function useDeleteRule() {
  const { api } = useServices();
  return useRuleChange((id: string) => api.call(alertRoutes.deleteAlertRule, { id }));
}

export function useTestRule() {
  const { api } = useServices();
  return useMutation({ mutationFn: (id: string) => api.call(alertRoutes.testAlertRule, { id }) });
}
