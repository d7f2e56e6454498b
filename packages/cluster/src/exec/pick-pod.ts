import { AppError } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { listPods } from '../pods/follow-pods.ts';
import { type PodTarget, podQuery } from '../pods/pods-of.ts';

/**
 * The pod that is meant: the one that is named, else a running one of the workload or Service, ready ones first.
 * Throws NOT_FOUND where none runs, and as `podQuery`. A pod that is named is not looked at.
 */
export async function pickPod(access: Pick<ClusterAccess, 'kinds' | 'get' | 'list' | 'watch'>, target: PodTarget, signal: AbortSignal): Promise<string> {
  if (target.name !== undefined && /^(pods?|po)$/i.test(target.kind)) return target.name;
  const pods = await listPods(access, await podQuery(access, target, signal), signal);
  const running = pods.filter(({ metadata, status }) => status?.phase === 'Running' && metadata.deletionTimestamp === undefined);
  const ready = running.find(({ status }) => status?.conditions?.some(({ type, status: state }) => type === 'Ready' && state === 'True'));
  const chosen = ready ?? running[0];
  if (chosen !== undefined) return chosen.metadata.name;
  const what = target.name === undefined ? `with the labels ${target.selector}` : `of ${target.kind}/${target.name}`;
  throw new AppError('NOT_FOUND', `No pod ${what} runs in the namespace ${target.namespace}.`, {
    hint: pods.length === 0 ? 'It has no pods.' : `It has ${pods.length}, none of which runs.`,
  });
}
