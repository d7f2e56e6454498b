import { type TopologyExtra, topologyRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import type { ObjectAddress } from '../objects/object-key.ts';

/** Asked for anew whenever the diagnosis has seen a change: it is drawn from what the diagnosis knows. */
export function useTopology(namespaces: readonly string[], also: readonly TopologyExtra[]) {
  const { api } = useServices();
  const scope = useClusterScope();
  const { state } = useIssuesFeed();
  const asked = { namespaces: namespaces.join(','), also: also.join(',') };
  return useQuery({
    queryKey: ['topology', scope.cluster, asked, state?.checkedAt],
    queryFn: ({ signal }) => api.call(topologyRoutes.getTopology, { ...scope, ...asked }, { signal }),
    placeholderData: (before) => before,
  });
}

export function useObjectTopology({ kind, namespace, name }: ObjectAddress) {
  const { api } = useServices();
  const scope = useClusterScope();
  const { state } = useIssuesFeed();
  return useQuery({
    queryKey: ['topology', scope.cluster, kind, namespace, name, state?.checkedAt],
    queryFn: ({ signal }) => api.call(topologyRoutes.getObjectTopology, { ...scope, kind, name, ...(namespace === null ? {} : { namespace }) }, { signal }),
    placeholderData: (before) => before,
  });
}
