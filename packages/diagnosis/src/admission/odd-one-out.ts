import { type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import { isLive } from '../pods/containers.ts';
import { timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/**
 * Whether a policy lets others of the namespace through: another workload has live pods that were created after the
 * policy (`since`, epoch milliseconds). Then the refused workload is the odd one out, else the policy stops everybody.
 */
export function isOddOneOut(workload: ObjectRef, since: number | null, view: ClusterView): boolean {
  const own = refKey(view.topOwner(workload));
  return view
    .list('Pod', workload.namespace ?? '')
    .some((pod) => isLive(pod) && refKey(view.topOwner(refOf(pod))) !== own && (timeOf(pod.metadata.creationTimestamp) ?? 0) >= (since ?? 0));
}
