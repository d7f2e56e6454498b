import { AppError, builtInKinds, isKind, type KindTypes } from '@quarterdeck/contract';
import { ingestObject } from '../access/ingest.ts';
import { podPath } from '../access/resource-path.ts';
import type { Transport } from '../transport/transport.ts';

export interface PodName {
  namespace: string;
  pod: string;
}

/** Throws NOT_FOUND, FORBIDDEN and whatever keeps the cluster from answering. */
export async function readPod(api: Transport, { namespace, pod }: PodName, signal: AbortSignal): Promise<KindTypes['Pod']> {
  const raw = await api.json({ path: podPath(namespace, pod), subject: { verb: 'get', resource: 'pods', namespace, name: pod }, signal });
  return podOf(raw, pod);
}

/** What the cluster sent as a pod. Throws CLUSTER_ERROR for anything else. */
export function podOf(raw: unknown, name: string): KindTypes['Pod'] {
  const object = ingestObject(raw, { kind: 'Pod', apiVersion: builtInKinds.Pod.apiVersion });
  if (object !== null && isKind(object, 'Pod')) return object;
  throw new AppError('CLUSTER_ERROR', `What the cluster sent for the pod ${name} is not a pod.`);
}
