import { refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { isLive, isReady, type Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type EvictedFacts = { message: string; node: string | null };

export const podEvicted = defineCode<EvictedFacts>({
  code: 'pod-evicted',
  title: 'Pod was evicted',
  documentation:
    'The kubelet put the pod out because its node ran short of memory, disk or process ids. Its controller replaces it; evictions that go on point at the node or at a pod without requests.',
  silentWhen: 'It was the only eviction of its workload and the pods that took over have run well for far longer than the evicted one did.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 60,
  message: (facts) => `Evicted from ${facts.node ?? 'its node'}: ${facts.message}`,
});

export type StuckTerminatingFacts = { overdueSeconds: number; node: string | null };

export const podStuckTerminating = defineCode<StuckTerminatingFacts>({
  code: 'pod-stuck-terminating',
  title: 'Pod does not terminate',
  documentation:
    'The pod was deleted and its grace period is over, yet it is still there and no finalizer holds it: its node does not answer, or its containers cannot be killed.',
  silentWhen: 'It is within its grace period and a minute more.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 0,
  message: (facts) => `Still terminating ${facts.overdueSeconds} s after its grace period on node ${facts.node ?? 'unknown'}.`,
});

/** An eviction is news only for a while; the pods that stay behind are garbage. */
const evictionIsNewsMs = 15 * 60_000;
const overdueMs = 60_000;

function* analyse(pod: Pod, view: ClusterView): Iterable<RawFinding> {
  const object = podRef(pod);
  const deleted = timeOf(pod.metadata.deletionTimestamp);
  if (deleted !== null && view.passed(deleted + overdueMs + 1) && (pod.metadata.finalizers ?? []).length === 0) {
    yield {
      code: podStuckTerminating.code,
      object,
      discriminator: '',
      severity: 'medium',
      since: deleted,
      facts: { overdueSeconds: Math.round((view.now - deleted) / 1000), node: pod.spec?.nodeName ?? null },
      evidence: [fieldEvidence(object, 'metadata.deletionTimestamp', pod.metadata.deletionTimestamp ?? '', { decisive: true })],
    };
  }
  const since = timeOf(pod.status?.conditions?.find((c) => c.type === 'DisruptionTarget')?.lastTransitionTime) ?? timeOf(pod.status?.startTime);
  if (pod.status?.reason === 'Evicted' && since !== null && !view.passed(since + evictionIsNewsMs) && !isOver(pod, since, view)) {
    const message = pod.status.message ?? 'no message';
    const text = `Evicted: ${message}`;
    yield {
      code: podEvicted.code,
      object,
      discriminator: '',
      severity: 'medium',
      since,
      facts: { message, node: pod.spec?.nodeName ?? null },
      evidence: [evidence({ source: 'status', object, path: 'status.message', value: message, text, decisive: true })],
    };
  }
}

const settledMs = 60_000;

/** The only eviction of its workload, whose pods have since run well for much longer than the evicted one did. */
function isOver(pod: Pod, evictedAt: number, view: ClusterView): boolean {
  const siblings = view.podsOf(view.topOwner(refOf(pod))).filter((other) => other !== pod);
  const living = siblings.filter(isLive);
  const lifetime = evictedAt - (timeOf(pod.status?.startTime) ?? evictedAt);
  const longEnough = Math.min(evictionIsNewsMs, Math.max(settledMs, lifetime * 3));
  const repeated = siblings.some((other) => other.status?.reason === 'Evicted');
  return (
    !repeated &&
    living.length > 0 &&
    living.every((other) => isReady(other) && view.passed(Math.max(timeOf(other.status?.startTime) ?? Infinity, evictedAt) + longEnough))
  );
}

export const podTermination = defineAnalyser({
  id: 'pod-termination',
  kind: 'Pod',
  reads: ['ReplicaSet', 'Job'],
  codes: [podEvicted, podStuckTerminating],
  analyse,
});
