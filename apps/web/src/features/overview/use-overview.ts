import { type Issue, issueRoutes, metricRoutes, overviewRoutes, type PastChange } from '@quarterdeck/contract';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useServices } from '../../app/services.ts';
import type { DataFrame } from '../../live/live-client.ts';
import { applyResourcesFrame, type ResourcesState } from '../../live/resources-state.ts';
import { useLive } from '../../live/use-live.ts';
import { useClusterScope, useClusters } from '../clusters/clusters.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { useNamespaceScope } from '../namespaces/use-namespace-scope.ts';

/** What a check found is asked for this often at most, however busy the cluster is. Milliseconds. */
const checkStep = 15_000;

/** Another number whenever there was a check since; what depends on the state of the cluster is read again with it. */
function useCheck(): number {
  const checkedAt = useIssuesFeed().state?.checkedAt ?? null;
  return checkedAt === null ? 0 : Math.floor(Date.parse(checkedAt) / checkStep);
}

/** Who changed what in the last hour. */
export function useRecentChanges(limit: number) {
  const { api } = useServices();
  const scope = useClusterScope();
  const check = useCheck();
  const { namespaces } = useNamespaceScope();
  const [namespace] = namespaces.length === 1 ? namespaces : [];
  return useQuery({
    queryKey: ['recent changes', scope.cluster, namespace, limit, check],
    queryFn: ({ signal }) => api.call(overviewRoutes.listRecentChanges, { ...scope, ...(namespace === undefined ? {} : { namespace }), limit }, { signal }),
    placeholderData: keepPreviousData,
    enabled: scope.cluster !== undefined,
  });
}

export function useCapacity(cluster: string | undefined) {
  const { api } = useServices();
  const check = useCheck();
  return useQuery({
    queryKey: ['capacity', cluster, check],
    queryFn: ({ signal }) => api.call(overviewRoutes.getCapacity, cluster === undefined ? {} : { cluster }, { signal }),
    placeholderData: keepPreviousData,
    enabled: cluster !== undefined,
  });
}

/** Sources measure every 15 seconds or more seldom, and tell nobody. Milliseconds. */
const measured = 30_000;

export function useNodeUsage(enabled: boolean) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: ['node usage', scope.cluster],
    queryFn: ({ signal }) => api.call(metricRoutes.getMetricsNow, { ...scope, of: 'nodes' }, { signal }),
    refetchInterval: measured,
    enabled: enabled && scope.cluster !== undefined,
  });
}

/** Of each issue the last change before it began, by its id; as far as it is known yet. */
export function useLastChanges(issues: readonly Issue[]): ReadonlyMap<string, PastChange> {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQueries({
    queries: issues.map(({ id, detectedAt, explanation }) => ({
      queryKey: ['issue changes', scope.cluster, id, detectedAt, explanation],
      queryFn: async ({ signal }: { signal: AbortSignal }) => (await api.call(issueRoutes.getIssue, { ...scope, id }, { signal })).changes.at(0) ?? null,
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    })),
    combine: (results) => new Map(issues.flatMap(({ id }, index) => (results[index]?.data == null ? [] : [[id, results[index].data] as const]))),
  });
}

function apply(state: ResourcesState | null, frame: DataFrame): ResourcesState | null {
  return frame.type === 'resourcesSnapshot' || frame.type === 'resourcesDelta' ? applyResourcesFrame(state, frame) : state;
}

/** How many rows the list of a kind has under a filter, live: the very number that the list itself will show. */
export function useRowTotal(kind: string, filter: string) {
  const cluster = useClusters().selected?.id;
  const { namespaces } = useNamespaceScope();
  const request = useMemo(() => {
    if (cluster === undefined) return null;
    return { type: 'subscribeResources' as const, cluster, kind, namespaces: [...namespaces], window: { filter, sort: '', offset: 0, limit: 1 } };
  }, [cluster, kind, namespaces, filter]);
  const { state, error } = useLive(request, apply);
  return { total: state === null || (state.reading && state.total === 0) ? null : state.total, error };
}
