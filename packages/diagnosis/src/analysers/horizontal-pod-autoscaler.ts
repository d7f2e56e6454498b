import { builtInKinds, type KindTypes, type ObjectRef, refLabel, refOf } from '@quarterdeck/contract';
import type { HorizontalPodAutoscalerCondition } from 'kubernetes-types/autoscaling/v2.js';
import { overTarget } from '../autoscaling/metric-load.ts';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { absenceEvidence, evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Autoscaler = KindTypes['HorizontalPodAutoscaler'];

export type TargetFacts = { kind: string; name: string };

export const hpaTargetMissing = defineCode<TargetFacts>({
  code: 'hpa-target-missing',
  title: 'Autoscaler scales a workload that does not exist',
  documentation: 'The scaleTargetRef of the HorizontalPodAutoscaler names a workload that is not in its namespace. It scales nothing.',
  silentWhen: 'The target is of a kind that cannot be read here.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 10,
  message: ({ kind, name }) => `Scale target ${kind} ${name} does not exist.`,
});

export type MetricsFacts = { reason: string; message: string; withoutRequest: readonly string[]; resource: string | null };

export const hpaNoMetrics = defineCode<MetricsFacts>({
  code: 'hpa-no-metrics',
  title: 'Autoscaler gets no metrics',
  documentation:
    'The HorizontalPodAutoscaler cannot compute a replica count. Usually a container of the target has no request for the resource that is scaled on, or the metrics API (metrics-server, an adapter) does not answer.',
  silentWhen: 'The autoscaler is younger than its first metrics, or is switched off because its target is scaled to zero.',
  opensAfterSeconds: 120,
  closesAfterSeconds: 30,
  message: ({ message }) => `Does not scale: ${message}`,
});

export type LimitedFacts = { maxReplicas: number; message: string };

export const hpaAtMaximum = defineCode<LimitedFacts>({
  code: 'hpa-at-maximum',
  title: 'Autoscaler wants more replicas than its maximum',
  documentation: 'The metric asks for more replicas than maxReplicas allows. The workload runs as wide as it may, and load may exceed it.',
  silentWhen: 'The metric is at or below its target: the maximum is enough.',
  opensAfterSeconds: 600,
  closesAfterSeconds: 120,
  message: ({ maxReplicas }) => `At maxReplicas ${maxReplicas} and its metric asks for more.`,
});

export type OverloadedFacts = LimitedFacts & { metric: string; current: string; target: string };

export const hpaOverloaded = defineCode<OverloadedFacts>({
  code: 'hpa-overloaded',
  title: 'Autoscaler is at its maximum and the load is above its target',
  documentation:
    'The workload runs with maxReplicas, and the metric is still well above the target: every replica carries more than it was meant to, and no further one may start. Raise maxReplicas where there is room, or make the load or its cost smaller.',
  silentWhen: 'The load has been above the target only for a moment, or the autoscaler is below its maximum.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 120,
  message: ({ maxReplicas, metric, current, target }) => `At maxReplicas ${maxReplicas}, and ${metric} is at ${current} of a target of ${target}.`,
});

export const horizontalPodAutoscalerAnalyser = defineAnalyser({
  id: 'horizontal-pod-autoscaler',
  kind: 'HorizontalPodAutoscaler',
  reads: ['Deployment', 'StatefulSet', 'ReplicaSet', 'Pod'],
  codes: [hpaTargetMissing, hpaNoMetrics, hpaAtMaximum, hpaOverloaded],
  *analyse(autoscaler, view) {
    const [scales] = view.outgoing(refOf(autoscaler), 'scales');
    if (scales === undefined || autoscaler.metadata.deletionTimestamp !== undefined) return;
    if (isKnownKind(scales.to) && view.isMissing(scales.to)) {
      yield targetMissing(autoscaler, scales.to);
      return;
    }
    const conditions = autoscaler.status?.conditions ?? [];
    const inactive = conditions.find(({ type, status, reason }) => type === 'ScalingActive' && status === 'False' && !switchedOff.has(reason ?? ''));
    if (inactive !== undefined && runs(scales.to, view)) yield noMetrics(autoscaler, scales.to, inactive, view);
    const limited = conditions.find(({ type, status, reason }) => type === 'ScalingLimited' && status === 'True' && reason === 'TooManyReplicas');
    if (limited !== undefined) yield overloaded(autoscaler, limited) ?? atMaximum(autoscaler, limited);
  },
});

/** Zero replicas, and two autoscalers on one workload: told as such. */
const switchedOff = new Set(['ScalingDisabled', 'AmbiguousSelector']);

/** Other kinds may have a scale subresource; only for built-in ones does not being listed mean not being there. */
function isKnownKind(ref: ObjectRef): boolean {
  return Object.hasOwn(builtInKinds, ref.kind);
}

function runs(target: ObjectRef, view: ClusterView): boolean {
  return !isKnownKind(target) || view.podsOf(target).length > 0;
}

function targetMissing(autoscaler: Autoscaler, target: ObjectRef): RawFinding<TargetFacts> {
  const object = refOf(autoscaler);
  return {
    code: hpaTargetMissing.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: null,
    facts: { kind: target.kind, name: target.name },
    evidence: [fieldEvidence(object, 'spec.scaleTargetRef.name', target.name), absenceEvidence(target, `${refLabel(target)} does not exist`)],
  };
}

/** The resource whose utilization is scaled on; requests of every container are needed for it. */
function utilizationOf(autoscaler: Autoscaler): string | null {
  const metric = (autoscaler.spec?.metrics ?? []).find(({ type, resource }) => type === 'Resource' && resource?.target.type === 'Utilization');
  return metric?.resource?.name ?? null;
}

function noMetrics(autoscaler: Autoscaler, target: ObjectRef, condition: HorizontalPodAutoscalerCondition, view: ClusterView): RawFinding<MetricsFacts> {
  const object = refOf(autoscaler);
  const resource = utilizationOf(autoscaler);
  const [pod] = view.podsOf(target);
  const withoutRequest =
    resource === null ? [] : (pod?.spec?.containers ?? []).filter(({ resources }) => resources?.requests?.[resource] === undefined).map(({ name }) => name);
  const message = condition.message ?? condition.reason ?? 'no reason given';
  return {
    code: hpaNoMetrics.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: timeOf(condition.lastTransitionTime),
    facts: { reason: condition.reason ?? '', message, withoutRequest, resource },
    evidence: [conditionEvidence(object, condition, message)],
  };
}

function atMaximum(autoscaler: Autoscaler, condition: HorizontalPodAutoscalerCondition): RawFinding<LimitedFacts> {
  const object = refOf(autoscaler);
  const maxReplicas = autoscaler.spec?.maxReplicas ?? 0;
  const message = condition.message ?? 'the desired replica count is more than the maximum replica count';
  return {
    code: hpaAtMaximum.code,
    object,
    discriminator: '',
    severity: 'low',
    since: timeOf(condition.lastTransitionTime),
    facts: { maxReplicas, message },
    evidence: [fieldEvidence(object, 'spec.maxReplicas', maxReplicas, { decisive: true }), conditionEvidence(object, condition, message)],
  };
}

function overloaded(autoscaler: Autoscaler, condition: HorizontalPodAutoscalerCondition): RawFinding<OverloadedFacts> | null {
  const { spec, status } = autoscaler;
  const load = (status?.currentReplicas ?? 0) < (spec?.maxReplicas ?? Number.POSITIVE_INFINITY) ? null : overTarget(autoscaler);
  if (load === null) return null;
  const { metric, current, target } = load;
  const base = atMaximum(autoscaler, condition);
  const text = `${metric} is ${current}, the target is ${target}`;
  const seen = fieldEvidence(base.object, 'status.currentMetrics', current, { text, decisive: true });
  return { ...base, code: hpaOverloaded.code, severity: 'medium', facts: { ...base.facts, metric, current, target }, evidence: [...base.evidence, seen] };
}

function conditionEvidence(object: ObjectRef, condition: HorizontalPodAutoscalerCondition, message: string) {
  const path = `status.conditions[type=${condition.type}]`;
  return evidence({ source: 'status', object, path, value: message, text: message, at: condition.lastTransitionTime ?? null });
}
