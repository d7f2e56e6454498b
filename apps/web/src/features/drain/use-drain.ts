import { type AppError, changeRoutes, type DrainOptions, type RouteCall, toAppError } from '@quarterdeck/contract';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ApiClient } from '../../api/client.ts';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { applyDrainEvent, type NodeDrain, notBegun } from './drain-progress.ts';
import type { DrainSubject } from './drain-tab.ts';

/** What a drain of each node would do with these options. */
export function useDrainPlans(nodes: readonly string[], options: DrainOptions | null) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQueries({
    queries: nodes.map((node) => ({
      queryKey: ['drain plan', scope.cluster, node, options],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.call(changeRoutes.planDrain, { ...scope, node, ...(options === null ? {} : { options }) }, { signal }),
      enabled: options !== null,
      staleTime: 0,
    })),
  });
}

export interface RunningDrain {
  nodes: ReadonlyMap<string, NodeDrain>;
  running: boolean;
  /** Why the one that is under way did not start. */
  error: { node: string; error: AppError } | null;
  stop(): void;
}

/** Carries a drain out for as long as the component stands; going away cancels it on the server. */
export function useDrain({ nodes, options }: DrainSubject, cluster: string, start: boolean): RunningDrain {
  const { api } = useServices();
  const [told, setTold] = useState<ReadonlyMap<string, NodeDrain>>(new Map());
  const [running, setRunning] = useState(start);
  const [error, setError] = useState<RunningDrain['error']>(null);
  const leaving = useRef<AbortController | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a drain begins once, with what it was begun with.
  useEffect(() => {
    if (!start) return;
    const controller = new AbortController();
    leaving.current = controller;
    const drainAll = async () => {
      for (const { name: node } of nodes) {
        let last = notBegun;
        const onProgress = (drain: NodeDrain) => {
          last = drain;
          setTold((before) => new Map(before).set(node, drain));
        };
        const failure = await drainNode(api, { cluster, node, options }, onProgress, controller.signal);
        if (failure !== null) setError({ node, error: failure });
        if (last.state !== 'done') return;
      }
    };
    drainAll().finally(() => setRunning(false));
    return () => controller.abort();
  }, []);
  return { nodes: told, running, error, stop: () => leaving.current?.abort() };
}

/** Resolves when it has ended, however; to what kept it from starting, or from being heard of. */
async function drainNode(
  api: Pick<ApiClient, 'follow'>,
  call: RouteCall<typeof changeRoutes.drainNode>,
  onProgress: (drain: NodeDrain) => void,
  signal: AbortSignal,
): Promise<AppError | null> {
  let drain = notBegun;
  try {
    for await (const event of api.follow(changeRoutes.drainNode, call, signal)) {
      drain = applyDrainEvent(drain, event);
      onProgress(drain);
    }
    return null;
  } catch (thrown) {
    if (!signal.aborted) return toAppError(thrown);
    onProgress({ ...drain, state: 'cancelled' });
    return null;
  }
}
