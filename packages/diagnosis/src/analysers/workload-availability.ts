import { type BuiltInKind, isKind, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { isReady, type Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { isWarmingUp } from '../pods/probe-patience.ts';
import { newestRolloutFacts, type RolloutFacts, rolloutClause } from '../pods/workload.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { controllerOf } from '../view/ownership.ts';

/** Of a StatefulSet that starts its pods one after the other: the first that is not ready, and how many wait for it. */
export type UnavailableFacts = { desired: number; ready: number; blockedBy: string | null; waiting: number };

export const workloadUnavailable = defineCode<UnavailableFacts>({
  code: 'workload-unavailable',
  title: 'Workload has fewer ready pods than it should',
  documentation:
    'The controller wants more ready pods than there are, and the missing ones are not merely on their ordinary way up. What keeps them is found on the pods, or on the controller when it cannot create them.',
  silentWhen: 'The missing pods are on their ordinary way up: being scheduled, pulling, or within the patience of their own probes.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 10,
  message: (facts, object) =>
    `${object.kind} unavailable: ${facts.ready} of ${facts.desired} pods are ready.${
      facts.blockedBy === null || facts.waiting === 0
        ? ''
        : ` Pod ${facts.blockedBy} is not, and ${facts.waiting} more ${facts.waiting === 1 ? 'waits' : 'wait'} for it.`
    }`,
});

export type RolloutStuckFacts = RolloutFacts & { message: string; updated: number; desired: number; serving: number };

export const workloadRolloutStuck = defineCode<RolloutStuckFacts>({
  code: 'workload-rollout-stuck',
  title: 'Rollout is stuck',
  documentation:
    'The new revision made no progress within progressDeadlineSeconds (ProgressDeadlineExceeded). The old revision may still serve. What keeps the new pods is found on them.',
  silentWhen: 'It is within its progressDeadlineSeconds, or scaled to zero.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 10,
  message: (facts) =>
    `Rollout stuck (ProgressDeadlineExceeded): ${facts.updated} of ${facts.desired} pods are of the new revision, ${facts.serving} pods are ready. ${facts.message}${rolloutClause(facts)}`,
});

interface Counts {
  desired: number;
  ready: number;
  observed: boolean;
}

function* availability(object: KubeObject, counts: Counts, view: ClusterView): Iterable<RawFinding<UnavailableFacts>> {
  const ref = refOf(object);
  if (!counts.observed || counts.desired === 0 || counts.ready >= counts.desired || object.metadata.deletionTimestamp !== undefined) return;
  const pods = view.podsOf(ref);
  const unready = pods.filter((pod) => !isReady(pod) && pod.metadata.deletionTimestamp === undefined && pod.status?.phase !== 'Failed');
  const living = pods.some((pod) => pod.status?.phase !== 'Failed');
  if (unready.every((pod) => isWarmingUp(pod, view)) && (unready.length > 0 || living || isYoung(object, view))) return;
  if (isNamespaceEnding(object.metadata.namespace, view)) return;
  yield {
    code: workloadUnavailable.code,
    object: ref,
    discriminator: '',
    severity: counts.ready === 0 ? 'high' : 'medium',
    since: firstUnready(unready) ?? timeOf(object.metadata.creationTimestamp),
    facts: { desired: counts.desired, ready: counts.ready, ...queueOf(object, pods) },
    evidence: [
      evidence({
        source: 'status',
        object: ref,
        path: 'status.readyReplicas',
        value: String(counts.ready),
        text: `${counts.ready} of ${counts.desired} pods are ready`,
      }),
    ],
  };
}

/** Nothing is missed where everything goes. */
function isNamespaceEnding(namespace: string | undefined, view: ClusterView): boolean {
  return view.get('Namespace', null, namespace ?? '')?.metadata.deletionTimestamp !== undefined;
}

/** Pods of an ordered StatefulSet come one after the other, from `ordinals.start` on. */
function queueOf(object: KubeObject, pods: readonly Pod[]): Pick<UnavailableFacts, 'blockedBy' | 'waiting'> {
  if (!isKind(object, 'StatefulSet') || object.spec?.podManagementPolicy === 'Parallel') return { blockedBy: null, waiting: 0 };
  const start = object.spec?.ordinals?.start ?? 0;
  const names = Array.from({ length: object.spec?.replicas ?? 1 }, (_, index) => `${object.metadata.name}-${start + index}`);
  const blocker = names.findIndex((name) => !pods.some((pod) => pod.metadata.name === name && isReady(pod)));
  const waiting = names.slice(blocker + 1).filter((name) => !pods.some((pod) => pod.metadata.name === name)).length;
  return { blockedBy: names[blocker] ?? null, waiting };
}

const youngMs = 30_000;

function isYoung({ metadata }: KubeObject, view: ClusterView): boolean {
  return !view.passed((timeOf(metadata.creationTimestamp) ?? 0) + youngMs);
}

function firstUnready(pods: readonly Pod[]): number | null {
  const times = pods.map(
    (pod) => timeOf(pod.status?.conditions?.find((c) => c.type === 'Ready')?.lastTransitionTime) ?? timeOf(pod.metadata.creationTimestamp),
  );
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

const reads: readonly BuiltInKind[] = ['Pod', 'ReplicaSet', 'Namespace'];

export const deploymentAvailability: AnyAnalyser = defineAnalyser({
  id: 'deployment-availability',
  kind: 'Deployment',
  reads,
  codes: [workloadUnavailable, workloadRolloutStuck],
  *analyse(deployment, view) {
    const status = deployment.status ?? {};
    const desired = deployment.spec?.replicas ?? 1;
    const observed = (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0);
    yield* availability(deployment, { desired, ready: status.readyReplicas ?? 0, observed }, view);
    const progressing = status.conditions?.find((condition) => condition.type === 'Progressing');
    if (desired > 0 && !isOnlyWarmingUp(deployment, view) && progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded') {
      const counts = { updated: status.updatedReplicas ?? 0, desired, serving: status.readyReplicas ?? 0, ...newestRolloutFacts(refOf(deployment), view) };
      yield rolloutStuck(refOf(deployment), timeOf(progressing.lastTransitionTime), { message: progressing.message ?? '', ...counts });
    }
  },
});

/** A program that starts slowly, as its own startup probe allows, may outlast the rollout's deadline. */
function isOnlyWarmingUp(object: KubeObject, view: ClusterView): boolean {
  const unready = view.podsOf(refOf(object)).filter((pod) => !isReady(pod));
  return unready.length > 0 && unready.every((pod) => isWarmingUp(pod, view));
}

function rolloutStuck(object: ObjectRef, since: number | null, facts: RolloutStuckFacts): RawFinding<RolloutStuckFacts> {
  return {
    code: workloadRolloutStuck.code,
    object,
    discriminator: '',
    severity: facts.serving >= facts.desired ? 'medium' : 'high',
    since,
    facts,
    evidence: [
      fieldEvidence(object, 'status.conditions[Progressing].reason', 'ProgressDeadlineExceeded', { text: `ProgressDeadlineExceeded: ${facts.message}` }),
    ],
  };
}

export const statefulSetAvailability: AnyAnalyser = defineAnalyser({
  id: 'statefulset-availability',
  kind: 'StatefulSet',
  reads,
  codes: [workloadUnavailable],
  analyse: (set, view) => availability(set, { desired: set.spec?.replicas ?? 1, ready: set.status?.readyReplicas ?? 0, observed: isObserved(set) }, view),
});

export const daemonSetAvailability: AnyAnalyser = defineAnalyser({
  id: 'daemonset-availability',
  kind: 'DaemonSet',
  reads,
  codes: [workloadUnavailable],
  analyse: (set, view) =>
    availability(set, { desired: set.status?.desiredNumberScheduled ?? 0, ready: set.status?.numberReady ?? 0, observed: isObserved(set) }, view),
});

/** One that a Deployment made is told of there. */
export const replicaSetAvailability: AnyAnalyser = defineAnalyser({
  id: 'replicaset-availability',
  kind: 'ReplicaSet',
  reads,
  codes: [workloadUnavailable],
  analyse: (set, view) =>
    controllerOf(set) === null
      ? availability(set, { desired: set.spec?.replicas ?? 1, ready: set.status?.readyReplicas ?? 0, observed: isObserved(set) }, view)
      : [],
});

function isObserved(object: KubeObject & { status?: { observedGeneration?: number } }): boolean {
  return (object.status?.observedGeneration ?? 0) >= (object.metadata.generation ?? 0);
}
