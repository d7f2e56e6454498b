import { knowledgeRoutes } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

const knowledgeKey = 'knowledge';

/** Runbooks, and the resolved issues of the selected cluster. */
export function useKnowledge() {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: [knowledgeKey, 'all', scope],
    queryFn: ({ signal }) => api.call(knowledgeRoutes.getKnowledge, scope, { signal }),
    staleTime: 5_000,
  });
}

/** What would be found for a question; nothing is asked for an empty one. */
export function useRetrieval(text: string) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: [knowledgeKey, 'found', scope, text],
    queryFn: ({ signal }) => api.call(knowledgeRoutes.searchKnowledge, { ...scope, text }, { signal }),
    enabled: text.trim() !== '',
  });
}

export function useRunbook(folder: string, path: string | null) {
  const { api } = useServices();
  return useQuery({
    queryKey: [knowledgeKey, 'runbook', folder, path],
    queryFn: ({ signal }) => api.call(knowledgeRoutes.getRunbook, { folder, path: path ?? '' }, { signal }),
    enabled: path !== null,
  });
}

function useKnowledgeChange<Input>(change: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: [knowledgeKey] }) });
}

export function useWriteRunbook() {
  const { api } = useServices();
  return useKnowledgeChange((input: { folder: string; path: string; markdown: string; isNew: boolean }) => api.call(knowledgeRoutes.putRunbook, input));
}

export function useRemoveRunbook() {
  const { api } = useServices();
  return useKnowledgeChange((input: { folder: string; path: string }) => api.call(knowledgeRoutes.deleteRunbook, input));
}

export function useRateIssue() {
  const { api } = useServices();
  const scope = useClusterScope();
  return useKnowledgeChange((input: { id: string; rating: -1 | 0 | 1; note: string }) => api.call(knowledgeRoutes.rateIssue, { ...scope, ...input }));
}
