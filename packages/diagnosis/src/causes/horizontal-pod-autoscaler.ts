import type { ObjectRef } from '@quarterdeck/contract';
import type { LimitedFacts, OverloadedFacts } from '../analysers/horizontal-pod-autoscaler.ts';
import { workloadUnavailable } from '../analysers/workload-availability.ts';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { absenceEvidence, evidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending, listed, numberFact, stringFact, upstream } from './explain.ts';

export type TargetFacts = { kind: string; name: string; existing: readonly string[]; meant: string | null };

const targetMissing: Mechanism<TargetFacts> = {
  id: 'hpa-target-missing',
  title: (facts, object) => `HorizontalPodAutoscaler ${object.name} scales ${facts.kind} ${facts.name}, which does not exist`,
  sentence: (facts, object) =>
    `HorizontalPodAutoscaler ${object.name} targets ${facts.kind} ${facts.name}, which does not exist in namespace ${object.namespace}${facts.meant === null ? '' : ` (there is ${facts.meant})`}, so it scales nothing.`,
};

export type RequestFacts = { autoscaler: string; containers: readonly string[]; resource: string };

const requestMissing: Mechanism<RequestFacts> = {
  id: 'hpa-request-missing',
  title: (facts, object) => `${object.kind} ${object.name} sets no ${facts.resource} request for its autoscaler`,
  sentence: (facts, object) =>
    `HorizontalPodAutoscaler ${facts.autoscaler} scales on ${facts.resource} utilization, but ${facts.containers.length === 1 ? 'container' : 'containers'} ${listed(facts.containers)} of ${object.kind} ${object.name} ${facts.containers.length === 1 ? 'has' : 'have'} no ${facts.resource} request, so no utilization can be computed.`,
};

export type ApiFacts = { api: string; message: string };

const metricsApiDown: Mechanism<ApiFacts> = {
  id: 'metrics-api-unavailable',
  title: (facts) => `The metrics API ${facts.api} does not answer`,
  sentence: (facts) =>
    `Autoscalers get no metrics because the API ${facts.api} does not answer (metrics-server or the metrics adapter is missing or down): ${facts.message}.`,
};

export type MetricFacts = { message: string };

const metricUnknown: Mechanism<MetricFacts> = {
  id: 'hpa-metric-unknown',
  title: (_facts, object) => `HorizontalPodAutoscaler ${object.name} scales on a metric that nothing provides`,
  sentence: (facts, object) =>
    `HorizontalPodAutoscaler ${object.name} gets no value for its metric: ${facts.message}. The metrics API answers, but knows no such metric: the name, the selector or the adapter's rules do not agree.`,
};

const atMaximum: Mechanism<LimitedFacts> = {
  id: 'hpa-at-maximum',
  title: (facts, object) => `HorizontalPodAutoscaler ${object.name} is at its maximum of ${facts.maxReplicas}`,
  sentence: (facts, object) => `HorizontalPodAutoscaler ${object.name} would scale further, but maxReplicas is ${facts.maxReplicas}.`,
};

const overloaded: Mechanism<OverloadedFacts> = {
  id: 'hpa-overloaded',
  title: (facts, object) => `HorizontalPodAutoscaler ${object.name} is at its maximum of ${facts.maxReplicas} and overloaded`,
  sentence: (facts, object) =>
    `HorizontalPodAutoscaler ${object.name} runs its target with maxReplicas ${facts.maxReplicas}, and ${facts.metric} is still ${facts.current} with a target of ${facts.target}: it may not scale further.`,
};

const rule = 'horizontal-pod-autoscaler';

export const horizontalPodAutoscalerRule = defineRule({
  id: rule,
  explains: ['hpa-target-missing', 'hpa-no-metrics', 'hpa-at-maximum', 'hpa-overloaded'],
  mechanisms: [targetMissing, requestMissing, metricsApiDown, metricUnknown, atMaximum, overloaded],
  *explain(finding, view) {
    const [via] = view.outgoing(finding.object, 'scales');
    if (finding.code === 'hpa-overloaded') {
      const [metric = '', current = '', target = '', message = ''] = ['metric', 'current', 'target', 'message'].map(
        (name) => stringFact(finding.facts, name) ?? '',
      );
      const facts: OverloadedFacts = { maxReplicas: numberFact(finding.facts, 'maxReplicas'), metric, current, target, message };
      yield ending(finding, { object: finding.object, mechanism: overloaded.id, facts }, { rule, strength: 'certain', evidence: finding.evidence });
    } else if (finding.code === 'hpa-at-maximum' && typeof finding.facts.maxReplicas === 'number') {
      const facts: LimitedFacts = { maxReplicas: finding.facts.maxReplicas, message: String(finding.facts.message) };
      yield ending(finding, { object: finding.object, mechanism: atMaximum.id, facts }, { rule, strength: 'certain', evidence: finding.evidence });
    } else if (via !== undefined && finding.code === 'hpa-target-missing') yield withoutTarget(finding, via.to, view);
    else if (via !== undefined) yield* withoutMetrics(finding, via.to, view);
  },
});

const scalable = ['Deployment', 'StatefulSet'] as const;

/** The autoscaler holds nothing but the reference: it is what a person changes or removes, whatever it was meant for. */
function withoutTarget(finding: IdentifiedFinding, target: ObjectRef, view: RuleView): Explanation {
  const namespace = finding.object.namespace ?? '';
  const existing = scalable.filter((kind) => kind === target.kind).flatMap((kind) => view.list(kind, namespace).map(({ metadata }) => metadata.name));
  const own = existing.includes(finding.object.name) ? finding.object.name : null;
  const facts: TargetFacts = { kind: target.kind, name: target.name, existing, meant: nearMiss(target.name, existing) ?? own };
  return ending(finding, { object: finding.object, mechanism: targetMissing.id, facts }, { rule, strength: 'certain', evidence: finding.evidence });
}

const metricsApis: readonly [RegExp, string][] = [
  [/resource metrics API|metrics\.k8s\.io(?!.*(?:custom|external))/, 'v1beta1.metrics.k8s.io'],
  [/custom metrics API|custom\.metrics\.k8s\.io/, 'v1beta1.custom.metrics.k8s.io'],
  [/external metrics API|external\.metrics\.k8s\.io/, 'v1beta1.external.metrics.k8s.io'],
];
const apiFails =
  /could not find the requested resource|unable to handle the request|currently unavailable|unable to fetch metrics from|no custom metrics API|no external metrics API/;

/** The adapter answers, but has no such series. */
const metricAbsent =
  /could not find the metric|no metrics returned from (?:custom|external) metrics API|unable to get external metric [^:]*: no metrics returned/;
/** What the controller says of pods that do not run: their own faults explain it. */
const podsFail = /did not receive metrics for|no metrics returned from resource metrics API/;

function* withoutMetrics(finding: IdentifiedFinding, target: ObjectRef, view: RuleView): Iterable<Explanation> {
  const message = String(finding.facts.message ?? '');
  const resource = typeof finding.facts.resource === 'string' ? finding.facts.resource : null;
  const containers = Array.isArray(finding.facts.withoutRequest) ? finding.facts.withoutRequest.map(String) : [];
  if (metricAbsent.test(message)) {
    const facts: MetricFacts = { message: message.replace(/[.\s]+$/, '') };
    yield ending(finding, { object: finding.object, mechanism: metricUnknown.id, facts }, { rule, strength: 'likely', evidence: finding.evidence });
    return;
  }
  for (const cause of podsFail.test(message) ? view.findingsOn(target, workloadUnavailable.code) : [])
    yield upstream(finding, cause, { rule, strength: 'likely', via: view.outgoing(finding.object, 'scales')[0] ?? null });
  const api = apiFails.test(message) ? metricsApis.find(([pattern]) => pattern.test(message))?.[1] : undefined;
  if (api !== undefined) {
    const object = { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', namespace: null, name: api };
    const seen = [evidence({ source: 'status', object: finding.object, path: 'status.conditions', value: message, text: message, decisive: true })];
    yield ending(finding, { object, mechanism: metricsApiDown.id, facts: { api, message } }, { rule, strength: 'likely', evidence: seen });
  } else if (resource !== null && containers.length > 0) {
    const facts: RequestFacts = { autoscaler: finding.object.name, containers, resource };
    const object = view.topOwner(target);
    const seen = containers.map((name) => ({ ...absenceEvidence(object, `Container ${name} has no resources.requests.${resource}`), container: name }));
    yield ending(finding, { object, mechanism: requestMissing.id, facts }, { rule, strength: 'certain', evidence: seen });
  }
}
