import { type ResourceKind, routes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useClusterScope, useClusters } from './clusters.tsx';

const none: readonly ResourceKind[] = [];
const noNames: readonly string[] = [];

/** Connection states in which asking the cluster makes sense. */
const reachable = new Set(['live', 'partial', 'stale', 'recording']);

/** The kinds that the selected cluster serves and that can be listed. */
export function useKinds() {
  const { api } = useServices();
  const scope = useClusterScope();
  const { selected } = useClusters();
  const query = useQuery({
    queryKey: ['kinds', scope.cluster],
    queryFn: ({ signal }) => api.call(routes.listKinds, scope, { signal }),
    enabled: selected !== null && reachable.has(selected.state),
  });
  return { kinds: query.data ?? none, error: query.error, isLoading: query.isPending };
}

export function useNamespaceNames() {
  const { api } = useServices();
  const scope = useClusterScope();
  const { selected } = useClusters();
  const query = useQuery({
    queryKey: ['namespaces', scope.cluster],
    queryFn: ({ signal }) => api.call(routes.listNamespaces, scope, { signal }),
    enabled: selected !== null && reachable.has(selected.state),
    staleTime: 15_000,
  });
  return { names: query.data ?? noNames, error: query.error, refresh: query.refetch };
}
