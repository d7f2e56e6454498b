import { isKind, type KindTypes, type ObjectRef, refKey, refLabel, refOf } from '@quarterdeck/contract';
import { overTarget } from '../autoscaling/metric-load.ts';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Autoscaler = KindTypes['HorizontalPodAutoscaler'];

export type AutoscalerConflictFacts = { other: string; target: string };

export const hpaConflict = defineCode<AutoscalerConflictFacts>({
  code: 'hpa-conflict',
  title: 'Two autoscalers scale the same workload',
  documentation:
    'Two HorizontalPodAutoscalers name the same target. Each would undo what the other does, so Kubernetes lets neither act (AmbiguousSelector). Often one was made by hand and the other by KEDA or a chart.',
  silentWhen: 'One of the two is being deleted.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 10,
  message: ({ other, target }) => `HorizontalPodAutoscaler ${other} scales ${target} too: neither acts.`,
});

export type CannotScaleFacts = { kind: string; name: string; reason: string; message: string };

export const hpaCannotScale = defineCode<CannotScaleFacts>({
  code: 'hpa-cannot-scale',
  title: 'Autoscaler cannot read or set the number of replicas',
  documentation:
    'The HorizontalPodAutoscaler cannot use the scale of its target (condition AbleToScale is False): the kind has none (a DaemonSet, a Job), the API of the kind is not installed, or the change is refused.',
  silentWhen: 'The target does not exist, which is told as such.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ kind, name, reason, message }) => `Cannot scale ${kind} ${name} (${reason}): ${message}`,
});

export type TargetAtZeroFacts = { kind: string; name: string; minReplicas: number };

export const hpaTargetAtZero = defineCode<TargetAtZeroFacts>({
  code: 'hpa-target-at-zero',
  title: 'Autoscaler is switched off by zero replicas',
  documentation:
    'The target of the HorizontalPodAutoscaler has spec.replicas 0. That switches the autoscaler off (ScalingDisabled): it will not bring the workload back, whatever its minReplicas says.',
  silentWhen: 'minReplicas is 0, so that the autoscaler itself may have scaled to zero.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ kind, name, minReplicas }) => `${kind} ${name} has 0 replicas, which switches the autoscaler off, although minReplicas is ${minReplicas}.`,
});

export type HeldBackFacts = { metric: string; current: string; target: string; replicas: number; maxReplicas: number };

export const hpaHeldBack = defineCode<HeldBackFacts>({
  code: 'hpa-scale-up-disabled',
  title: 'Autoscaler may not scale up',
  documentation:
    'The metric is above its target, but behavior.scaleUp of the HorizontalPodAutoscaler is disabled (selectPolicy: Disabled), so no replica is added.',
  silentWhen: 'The metric is at its target.',
  opensAfterSeconds: 120,
  closesAfterSeconds: 60,
  message: ({ metric, current, target }) => `${metric} is at ${current} of a target of ${target}, and behavior.scaleUp.selectPolicy is Disabled.`,
});

export const horizontalPodAutoscalerScaling = defineAnalyser({
  id: 'horizontal-pod-autoscaler-scaling',
  kind: 'HorizontalPodAutoscaler',
  reads: ['Deployment', 'StatefulSet', 'ReplicaSet'],
  codes: [hpaConflict, hpaCannotScale, hpaTargetAtZero, hpaHeldBack],
  *analyse(autoscaler, view) {
    const [scales] = view.outgoing(refOf(autoscaler), 'scales');
    if (scales === undefined || autoscaler.metadata.deletionTimestamp !== undefined || view.isMissing(scales.to)) return;
    const rival = olderRival(autoscaler, scales.to, view);
    if (rival !== null) yield conflict(autoscaler, scales.to, rival);
    yield* unableToScale(autoscaler, scales.to);
    yield* atZero(autoscaler, scales.to, view);
    yield* heldBack(autoscaler);
  },
});

/** Told of the younger one: it came to a workload that was scaled already. */
function olderRival(autoscaler: Autoscaler, target: ObjectRef, view: ClusterView): ObjectRef | null {
  const own = refOf(autoscaler);
  const age = (object: Autoscaler) => `${object.metadata.creationTimestamp ?? ''}|${object.metadata.name}`;
  const others = view.incoming(target, 'scales').flatMap(({ from }) => {
    const object = refKey(from) === refKey(own) ? undefined : view.find(from);
    return object !== undefined && isKind(object, 'HorizontalPodAutoscaler') && object.metadata.deletionTimestamp === undefined ? [object] : [];
  });
  const older = others.find((other) => age(other) < age(autoscaler));
  return older === undefined ? null : refOf(older);
}

function conflict(autoscaler: Autoscaler, target: ObjectRef, rival: ObjectRef): RawFinding<AutoscalerConflictFacts> {
  const object = refOf(autoscaler);
  const name = refLabel({ ...target, namespace: null });
  const path = 'spec.scaleTargetRef.name';
  return {
    code: hpaConflict.code,
    object,
    discriminator: rival.name,
    severity: 'medium',
    since: timeOf(autoscaler.metadata.creationTimestamp),
    facts: { other: rival.name, target: name },
    concerns: [rival, target],
    evidence: [
      fieldEvidence(object, path, target.name, { decisive: true }),
      fieldEvidence(rival, path, target.name, { decisive: true, text: `HorizontalPodAutoscaler ${rival.name} scales ${name} too` }),
    ],
  };
}

function* unableToScale(autoscaler: Autoscaler, target: ObjectRef): Iterable<RawFinding<CannotScaleFacts>> {
  const condition = autoscaler.status?.conditions?.find(({ type, status }) => type === 'AbleToScale' && status === 'False');
  if (condition?.reason !== 'FailedGetScale' && condition?.reason !== 'FailedUpdateScale') return;
  const object = refOf(autoscaler);
  const message = condition.message ?? condition.reason;
  yield {
    code: hpaCannotScale.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: timeOf(condition.lastTransitionTime),
    facts: { kind: target.kind, name: target.name, reason: condition.reason, message },
    concerns: [target],
    evidence: [
      fieldEvidence(object, 'spec.scaleTargetRef.kind', target.kind, { decisive: true }),
      evidence({ source: 'status', object, path: 'status.conditions[type=AbleToScale]', value: condition.reason, text: `${condition.reason}: ${message}` }),
    ],
  };
}

function* atZero(autoscaler: Autoscaler, target: ObjectRef, view: ClusterView): Iterable<RawFinding<TargetAtZeroFacts>> {
  const minReplicas = autoscaler.spec?.minReplicas ?? 1;
  if (minReplicas === 0 || (target.kind !== 'Deployment' && target.kind !== 'StatefulSet')) return;
  const workload = view.get(target.kind, target.namespace, target.name);
  if (workload?.spec?.replicas !== 0 || workload.metadata.deletionTimestamp !== undefined) return;
  const object = refOf(autoscaler);
  yield {
    code: hpaTargetAtZero.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: timeOf(autoscaler.status?.conditions?.find(({ reason }) => reason === 'ScalingDisabled')?.lastTransitionTime),
    facts: { kind: target.kind, name: target.name, minReplicas },
    concerns: [target],
    evidence: [fieldEvidence(target, 'spec.replicas', 0, { decisive: true }), fieldEvidence(object, 'spec.minReplicas', minReplicas)],
  };
}

function* heldBack(autoscaler: Autoscaler): Iterable<RawFinding<HeldBackFacts>> {
  const { spec, status } = autoscaler;
  const [replicas, maxReplicas] = [status?.currentReplicas ?? 0, spec?.maxReplicas ?? 0];
  const load = spec?.behavior?.scaleUp?.selectPolicy === 'Disabled' && replicas < maxReplicas ? overTarget(autoscaler) : null;
  if (load === null) return;
  const object = refOf(autoscaler);
  const { metric, current, target } = load;
  yield {
    code: hpaHeldBack.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: null,
    facts: { metric, current, target, replicas, maxReplicas },
    evidence: [
      fieldEvidence(object, 'spec.behavior.scaleUp.selectPolicy', 'Disabled', { decisive: true }),
      fieldEvidence(object, 'status.currentMetrics', current, { text: `${metric} is ${current}, the target is ${target}` }),
    ],
  };
}
