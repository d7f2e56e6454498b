import { issueRoutes } from '@quarterdeck/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

/** Takes a dismissed issue back into the list. */
export function useRestore() {
  const { api } = useServices();
  const scope = useClusterScope();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.call(issueRoutes.restoreIssue, { ...scope, id }),
    onSuccess: async (_, id) => {
      await queries.invalidateQueries({ queryKey: ['dismissed', scope.cluster] });
      await queries.invalidateQueries({ queryKey: ['issue', scope.cluster, id] });
    },
  });
}
