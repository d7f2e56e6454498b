import { changeRoutes, type KubeObject, type ObjectRef, type Rollout, type RolloutStatus } from '@quarterdeck/contract';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { kindName } from '../objects/object-key.ts';

interface WorkloadCall {
  cluster?: string;
  kind: string;
  namespace: string;
  name: string;
}

function callOf(scope: { cluster?: string }, object: ObjectRef): WorkloadCall {
  return { ...scope, kind: kindName(object), namespace: object.namespace ?? '', name: object.name };
}

/** A workload's revisions, read again whenever its template or its history changes; and how far it is, live. */
export function useRollout(object: ObjectRef, known: KubeObject | null): { rollout: UseQueryResult<Rollout>; status: RolloutStatus | null } {
  const { api } = useServices();
  const scope = useClusterScope();
  const call = callOf(scope, object);
  const stand = `${known?.metadata.generation ?? ''} ${known?.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? ''}`;
  const rollout = useQuery({
    queryKey: ['rollout', call, stand],
    queryFn: ({ signal }) => api.call(changeRoutes.getRollout, call, { signal }),
    placeholderData: (before) => before,
    staleTime: 0,
  });
  const followed = useFollowedStatus(call, stand);
  return { rollout, status: followed ?? rollout.data?.status ?? null };
}

/** What the stream of a rollout says; it ends with the rollout, and begins anew with the next one. */
function useFollowedStatus(call: WorkloadCall, stand: string): RolloutStatus | null {
  const { api } = useServices();
  const [told, setTold] = useState<{ of: string; status: RolloutStatus } | null>(null);
  const of = JSON.stringify([call, stand]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` stands for the call.
  useEffect(() => {
    const leaving = new AbortController();
    const follow = async () => {
      for await (const status of api.follow(changeRoutes.followRollout, call, leaving.signal)) setTold({ of, status });
    };
    // What was read with the revisions stands where nothing is told.
    follow().catch(() => setTold((before) => (before?.of === of ? null : before)));
    return () => leaving.abort();
  }, [api, of]);
  return told?.of === of ? told.status : null;
}

export function useRevisionDiff(object: ObjectRef, from: number | null, to: number | null) {
  const { api } = useServices();
  const call = callOf(useClusterScope(), object);
  return useQuery({
    queryKey: ['revision diff', call, from, to],
    queryFn: ({ signal }) => api.call(changeRoutes.compareRevisions, { ...call, from: from ?? 0, to: to ?? 0 }, { signal }),
    enabled: from !== null && to !== null,
  });
}
