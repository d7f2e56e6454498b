import { type BuiltInKind, type KubeObject, type PastChange, refOf } from '@quarterdeck/contract';
import { writeTimes } from '../changes/writes.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { changesOf } from './changes.ts';

/** Kinds that people and their programs write; the others are made by controllers, and change all the time. */
const written = [
  ...(['Namespace', 'Node', 'Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'] as const),
  ...(['Service', 'Ingress', 'NetworkPolicy', 'ConfigMap', 'Secret', 'ResourceQuota', 'LimitRange', 'PersistentVolumeClaim', 'StorageClass'] as const),
] satisfies readonly BuiltInKind[];

export interface RecentChangesOptions {
  /** Epoch milliseconds. */
  since: number;
  namespace: string | undefined;
  limit: number;
}

/** Who changed what in the cluster since a moment, the newest first, with how many there are in all. */
export function recentChanges(view: ClusterView, { since, namespace, limit }: RecentChangesOptions): { changes: PastChange[]; total: number } {
  const objects = written
    .flatMap((kind): readonly KubeObject[] => view.list(kind, namespace))
    .filter((object) => isSomebodys(object) && isRecent(object, since));
  const found = changesOf(objects.map(refOf), view).filter(({ at }) => at >= since);
  return { changes: found.slice(0, limit).map(({ at, change }) => ({ at: new Date(at).toISOString(), ...change })), total: found.length };
}

/** What a controller made, or Kubernetes puts into every namespace, is no change of anybody. */
function isSomebodys({ kind, metadata }: KubeObject): boolean {
  if (metadata.ownerReferences?.some(({ controller }) => controller === true)) return false;
  return !(kind === 'ConfigMap' && metadata.name === 'kube-root-ca.crt');
}

function isRecent(object: KubeObject, since: number): boolean {
  for (const at of writeTimes(object)) if (at >= since) return true;
  return false;
}
