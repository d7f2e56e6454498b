import { type Namespaces, namespaceRoutes, type ResourceKind, resourceRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope, useClusters } from './clusters.tsx';
import { isReachable } from './connection-state.ts';

const none: readonly ResourceKind[] = [];
const noNamespaces: Namespaces = { complete: true, reason: null, namespaces: [] };

/** The kinds that the selected cluster serves and that can be listed. */
export function useKinds() {
  const { api } = useServices();
  const scope = useClusterScope();
  const { selected } = useClusters();
  const query = useQuery({
    queryKey: ['kinds', scope.cluster],
    queryFn: ({ signal }) => api.call(resourceRoutes.listKinds, scope, { signal }),
    enabled: selected !== null && isReachable(selected),
  });
  return { kinds: query.data ?? none, error: query.error, isLoading: query.isPending };
}

/** The namespaces that can be looked at; `names` are those where anything may be listed. */
export function useNamespaceNames() {
  const { api } = useServices();
  const scope = useClusterScope();
  const { selected } = useClusters();
  const query = useQuery({
    queryKey: ['namespaces', scope.cluster],
    queryFn: ({ signal }) => api.call(namespaceRoutes.listNamespaces, scope, { signal }),
    enabled: selected !== null && isReachable(selected),
    staleTime: 15_000,
  });
  const known = query.data ?? noNamespaces;
  const names = useMemo(() => known.namespaces.filter(({ usable }) => usable).map(({ name }) => name), [known]);
  return { known, names, error: query.error, refresh: query.refetch };
}
