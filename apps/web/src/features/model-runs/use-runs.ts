import { assistantRoutes, type RunFilter } from '@quarterdeck/contract';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const pageSize = 100;
const firstPage: string | null = null;

/** What was asked of models, newest first; further back as one scrolls. */
export function useModelRuns(filter: RunFilter, everybody: boolean) {
  const { api } = useServices();
  return useInfiniteQuery({
    queryKey: ['model runs', filter, everybody],
    initialPageParam: firstPage,
    queryFn: ({ signal, pageParam }) =>
      api.call(
        assistantRoutes.listRuns,
        { ...filter, everybody: everybody ? 'true' : 'false', limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) },
        { signal },
      ),
    getNextPageParam: ({ next }) => next,
    staleTime: 5_000,
    refetchInterval: 15_000,
  });
}

/** One run with all that was sent. */
export function useModelRun(id: string | null) {
  const { api } = useServices();
  return useQuery({
    queryKey: ['model run', id],
    queryFn: ({ signal }) => api.call(assistantRoutes.getRun, { id: id ?? '' }, { signal }),
    enabled: id !== null,
  });
}

export function useReplay() {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { id: string; model: string }) => api.call(assistantRoutes.replayRun, input),
    onSuccess: (run) => {
      queries.setQueryData(['model run', run.id], run);
      void queries.invalidateQueries({ queryKey: ['model runs'] });
    },
  });
}
