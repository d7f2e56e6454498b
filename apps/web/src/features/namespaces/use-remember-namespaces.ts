import { namespaceRoutes } from '@quarterdeck/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

/** Names a namespace that the cluster does not list, or forgets it; the workbench remembers it for this cluster. */
export function useRememberNamespaces() {
  const { api } = useServices();
  const scope = useClusterScope();
  const queries = useQueryClient();
  const { mutate, error } = useMutation({
    mutationFn: (change: { add: string[] } | { remove: string[] }) => api.call(namespaceRoutes.rememberNamespaces, { ...scope, ...change }),
    onSuccess: (known) => queries.setQueryData(['namespaces', scope.cluster], known),
  });
  return { remember: (name: string) => mutate({ add: [name] }), forget: (name: string) => mutate({ remove: [name] }), failure: error };
}
