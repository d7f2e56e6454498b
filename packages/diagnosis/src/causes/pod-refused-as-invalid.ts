import { type KindTypes, type ObjectRef, parseQuantity, refLabel, refOf } from '@quarterdeck/contract';
import { isOddOneOut } from '../admission/odd-one-out.ts';
import { parseRefusal, type Refusal } from '../admission/refusal.ts';
import { workloadReplicaFailure } from '../analysers/workload-replica-failure.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence, timeOf } from '../pods/evidence.ts';
import { workloadAt } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt } from './explain.ts';

const id = 'pod-refused-as-invalid';
type Of<K extends Refusal['kind']> = Extract<Refusal, { kind: K }>;

export type DefaultLimitFacts = { limitRange: string; workload: string; resource: string; requested: string; limit: string };

export const defaultLimitBelowRequest = defineMechanism<DefaultLimitFacts>({
  id: 'default-limit-below-request',
  title: (facts) => `LimitRange ${facts.limitRange} gives a ${facts.resource} limit of ${facts.limit}, below the request of ${facts.requested}`,
  sentence: (facts) =>
    `${facts.workload} requests ${facts.requested} ${facts.resource} and sets no limit; LimitRange ${facts.limitRange} fills in its default of ${facts.limit}, which is less than the request, so not one of its pods can be created.`,
});

export type InvalidFacts = { workload: string; field: string; value: string; detail: string };

export const podInvalid = defineMechanism<InvalidFacts>({
  id: 'pod-invalid',
  title: (facts) => `The pods of ${facts.workload} are invalid: ${facts.field}`,
  sentence: (facts) =>
    `The API server refuses the pods of ${facts.workload} as invalid: ${facts.field}${facts.value === '' ? '' : ` is ${facts.value}`}, ${facts.detail}.`,
});

export const quotaScopeMissing = defineMechanism<{ workload: string; scopes: string; namespace: string }>({
  id: 'quota-scope-missing',
  title: (facts) => `No ResourceQuota of namespace ${facts.namespace} admits the priority of ${facts.workload}`,
  sentence: (facts) =>
    `The cluster admits pods with ${facts.scopes} only where a ResourceQuota for them exists, and namespace ${facts.namespace} has none, so the pods of ${facts.workload} are refused.`,
});

export const securityConstraint = defineMechanism<{ workload: string; detail: string }>({
  id: 'security-context-constraint-refuses',
  title: (facts) => `No SecurityContextConstraints admit the pods of ${facts.workload}`,
  sentence: (facts) => `None of the SecurityContextConstraints that the ServiceAccount of ${facts.workload} may use admits its pods: ${facts.detail}.`,
});

/** Pods that are refused for what is written in them, or what a default made of it. */
export const podRefusedAsInvalidRule = defineRule({
  id,
  explains: [workloadReplicaFailure.code],
  mechanisms: [defaultLimitBelowRequest, podInvalid, quotaScopeMissing, securityConstraint],
  *explain(finding, view): Iterable<Explanation> {
    const refusal = parseRefusal(String(finding.facts.message ?? ''));
    const object = view.topOwner(finding.object);
    const workload = refLabel({ ...object, namespace: null });
    const common = { rule: id, finding, object, strength: 'certain' as const, evidence: finding.evidence };
    if (refusal?.kind === 'invalid') yield invalid(finding, refusal, object, view);
    if (refusal?.kind === 'quota-scope')
      yield endsAt({ ...common, mechanism: quotaScopeMissing, facts: { workload, scopes: refusal.scopes, namespace: object.namespace ?? '' } });
    if (refusal?.kind === 'security-context-constraint')
      yield endsAt({ ...common, mechanism: securityConstraint, facts: { workload, detail: refusal.detail } });
  },
});

function invalid(finding: IdentifiedFinding, refusal: Of<'invalid'>, object: ObjectRef, view: RuleView): Explanation {
  const workload = refLabel({ ...object, namespace: null });
  const common = { rule: id, finding, strength: 'certain' as const };
  const bound = /less than or equal to (?<resource>\S+) limit(?: of (?<limit>\S+))?$/.exec(refusal.detail)?.groups;
  const range = bound?.resource === undefined ? undefined : defaultingRange(bound.resource, refusal.field, object, view);
  if (range === undefined || bound?.resource === undefined) {
    const facts = { workload, field: refusal.field, value: refusal.value, detail: refusal.detail };
    return endsAt({ ...common, mechanism: podInvalid, object, facts, evidence: finding.evidence });
  }
  const limit = range.limit;
  const facts = { limitRange: range.object.metadata.name, workload, resource: bound.resource, requested: refusal.value, limit };
  const ref = refOf(range.object);
  const seen = fieldEvidence(ref, `spec.limits[].default.${bound.resource}`, limit, { decisive: true });
  const odd = isOddOneOut(object, timeOf(range.object.metadata.creationTimestamp), view);
  return endsAt({ ...common, mechanism: defaultLimitBelowRequest, object: odd ? object : ref, facts, evidence: [seen, ...finding.evidence] });
}

interface Defaulting {
  object: KindTypes['LimitRange'];
  limit: string;
}

/** The LimitRange that filled in a limit which the container itself does not set. */
function defaultingRange(resource: string, field: string, workload: ObjectRef, view: RuleView): Defaulting | undefined {
  const container = Number(/containers\[(\d+)\]/.exec(field)?.[1] ?? 0);
  const spec = workloadAt(workload, view)?.spec;
  const own = (field.includes('initContainers') ? spec?.initContainers : spec?.containers)?.[container];
  if (own?.resources?.limits?.[resource] !== undefined) return undefined;
  const requested = parseQuantity(own?.resources?.requests?.[resource]) ?? 0;
  for (const object of view.list('LimitRange', workload.namespace ?? '')) {
    const limit = object.spec?.limits.find((item) => item.type === 'Container' && item.default?.[resource] !== undefined)?.default?.[resource];
    if (limit !== undefined && (parseQuantity(limit) ?? 0) < requested) return { object, limit };
  }
  return undefined;
}
