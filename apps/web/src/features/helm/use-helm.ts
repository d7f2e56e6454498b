import { type HelmReleaseList, type HelmTarget, helmRoutes } from '@quarterdeck/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { isUnderWay } from './release-words.ts';

/** Seconds between two reads; a release that is under way is looked at more often. */
export const readEvery = 30;
const underWayEvery = 3;

const key = 'helm';

function isAnyUnderWay(list: HelmReleaseList | undefined): boolean {
  return list?.state === 'read' && list.releases.some(({ status }) => isUnderWay(status));
}

/** The newest revision of each release of all namespaces. Records are read once; a list costs one request. */
export function useReleases() {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: [key, scope.cluster, 'list'],
    queryFn: ({ signal }) => api.call(helmRoutes.listHelmReleases, scope, { signal }),
    staleTime: 2_000,
    refetchInterval: ({ state }) => (isAnyUnderWay(state.data) ? underWayEvery : readEvery) * 1_000,
  });
}

/** One revision whole; the present one where none is named. */
export function useRelease(target: HelmTarget, revision: number | null) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: [key, scope.cluster, 'release', target.namespace, target.name, revision],
    queryFn: ({ signal }) => api.call(helmRoutes.getHelmRelease, { ...scope, ...target, ...(revision === null ? {} : { revision }) }, { signal }),
    staleTime: 2_000,
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data.status) ? underWayEvery * 1_000 : false),
  });
}

export function useHistory(target: HelmTarget, present: Pick<{ revision: number; status: string }, 'revision' | 'status'> | undefined) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: [key, scope.cluster, 'history', target.namespace, target.name, present?.revision, present?.status],
    queryFn: ({ signal }) => api.call(helmRoutes.getHelmHistory, { ...scope, ...target }, { signal }),
    placeholderData: (before) => before,
  });
}

/** What the manifest describes and how it is in the cluster, looked up again every few seconds while it is in view. */
export function useReleaseObjects(target: HelmTarget) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: [key, scope.cluster, 'objects', target.namespace, target.name],
    queryFn: ({ signal }) => api.call(helmRoutes.getHelmObjects, { ...scope, ...target }, { signal }),
    staleTime: 2_000,
    refetchInterval: 10_000,
  });
}

export function useRevisionDiff(target: HelmTarget, from: number, to: number) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: [key, scope.cluster, 'diff', target.namespace, target.name, from, to],
    queryFn: ({ signal }) => api.call(helmRoutes.getHelmDiff, { ...scope, ...target, from, to }, { signal }),
  });
}

/** The helm program of the workbench's machine; reading needs none. */
export function useHelmProgram() {
  const { api } = useServices();
  return useQuery({ queryKey: [key, 'program'], queryFn: ({ signal }) => api.call(helmRoutes.getHelmProgram, {}, { signal }), staleTime: 60_000 });
}

/** After an operation: whatever is shown of Helm is read again. */
export function useReadAgain(): () => void {
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries({ queryKey: [key] }), [queries]);
}
