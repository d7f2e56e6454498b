import { isKind, type KindTypes, type ObjectRef, parseQuantity, refLabel, refOf, refTo } from '@quarterdeck/contract';
import { isOddOneOut } from '../admission/odd-one-out.ts';
import { parseRefusal, type Refusal } from '../admission/refusal.ts';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { formatQuantity } from '../scheduling/quantity.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending, listed } from './explain.ts';

type Of<K extends Refusal['kind']> = Extract<Refusal, { kind: K }>;

/** `needed` is what the quota would have to be for all replicas, as a quantity; the first resource that is short. */
export type QuotaFacts = {
  quota: string;
  workload: string;
  resource: string;
  requested: string;
  used: string;
  hard: string;
  needed: string;
  missingPods: number;
};

/** Whether a resource of a quota is used by pods, not by claims or by the number of other objects. */
function countsPods(resource: string): boolean {
  return (
    !/^count\/(?!pods$)|storage|persistentvolumeclaims|^services|^(?:configmaps|secrets|replicationcontrollers)$/.test(resource) ||
    /ephemeral-storage/.test(resource)
  );
}

const quotaExceeded: Mechanism<QuotaFacts> = {
  id: 'quota-exceeded',
  title: (facts) => `ResourceQuota ${facts.quota} is used up for ${facts.resource}`,
  sentence: (facts) =>
    `ResourceQuota ${facts.quota} allows ${facts.resource} ${facts.hard}; ${facts.used} is used and ${
      countsPods(facts.resource)
        ? `each pod of ${facts.workload} asks for ${facts.requested} more, so ${facts.missingPods} ${facts.missingPods === 1 ? 'pod' : 'pods'} cannot be created (all would need ${facts.needed})`
        : `${facts.workload} asks for ${facts.requested} more, which is refused (${facts.needed} would be needed)`
    }.`,
};

export type QuotaRequiresFacts = { quota: string; workload: string; missing: readonly string[] };

const quotaRequires: Mechanism<QuotaRequiresFacts> = {
  id: 'quota-requires-values',
  title: (facts) => `ResourceQuota ${facts.quota} requires ${listed(facts.missing)}, which ${facts.workload} does not set`,
  sentence: (facts) =>
    `ResourceQuota ${facts.quota} counts ${listed(facts.missing)}, so every container must set it, and those of ${facts.workload} do not; no LimitRange fills it in. Its pods are refused.`,
};

export type LimitRangeFacts = { limitRange: string; workload: string; detail: string; resource: string; bound: string; asked: string | null };

const limitRangeRefuses: Mechanism<LimitRangeFacts> = {
  id: 'limit-range-refuses',
  title: (facts) => `LimitRange ${facts.limitRange} refuses the pods of ${facts.workload}`,
  sentence: (facts) => `LimitRange ${facts.limitRange} refuses the pods of ${facts.workload}: ${facts.detail}.`,
};

const rule = 'pod-refused-by-limit';

/** Pods that cannot be created because of a ResourceQuota or a LimitRange. */
export const podRefusedByLimitRule = defineRule({
  id: rule,
  explains: ['workload-replica-failure'],
  mechanisms: [quotaExceeded, quotaRequires, limitRangeRefuses],
  *explain(finding, view) {
    const refusal = parseRefusal(String(finding.facts.message ?? ''));
    if (refusal?.kind === 'quota-exceeded') yield exceeded(finding, refusal, view);
    if (refusal?.kind === 'quota-requires') yield requires(finding, refusal, view);
    if (refusal?.kind === 'limit-range') yield* outOfRange(finding, refusal, view);
  },
});

function nameOf(ref: ObjectRef): string {
  return refLabel({ ...ref, namespace: null });
}

/** Pods that the controller still lacks; at least the one that was refused. */
function missingPods(ref: ObjectRef, view: RuleView): number {
  const object = view.find(ref);
  if (object === undefined || !(isKind(object, 'ReplicaSet') || isKind(object, 'StatefulSet'))) return 1;
  return Math.max(1, (object.spec?.replicas ?? 1) - (object.status?.replicas ?? 0));
}

function exceeded(finding: IdentifiedFinding, refusal: Of<'quota-exceeded'>, view: RuleView): Explanation {
  const object = refTo('ResourceQuota', finding.object.namespace, refusal.quota);
  const resource = shortResource(refusal);
  const [requested = '0', used = '0', hard = '0'] = [refusal.requested[resource], refusal.used[resource], refusal.limited[resource]];
  const missing = missingPods(finding.object, view);
  const needed = (parseQuantity(used) ?? 0) + (parseQuantity(requested) ?? 0) * missing;
  const facts: QuotaFacts = {
    quota: refusal.quota,
    workload: nameOf(view.topOwner(finding.object)),
    resource,
    requested,
    used,
    hard,
    needed: formatQuantity(resource.replace(/^(requests|limits)\./, ''), needed),
    missingPods: missing,
  };
  const seen = [
    fieldEvidence(object, `spec.hard["${resource}"]`, hard, { decisive: true }),
    evidence({ source: 'status', object, path: `status.used["${resource}"]`, value: used, text: `${resource}: ${used} of ${hard} used`, decisive: true }),
  ];
  return ending(finding, { object, exists: !view.isMissing(object), mechanism: quotaExceeded.id, facts }, { rule, strength: 'certain', evidence: seen });
}

function shortResource({ requested, used, limited }: Of<'quota-exceeded'>): string {
  const names = Object.keys(requested);
  const short = names.find((name) => (parseQuantity(used[name]) ?? 0) + (parseQuantity(requested[name]) ?? 0) > (parseQuantity(limited[name]) ?? 0));
  return short ?? names[0] ?? 'unknown';
}

function requires(finding: IdentifiedFinding, refusal: Of<'quota-requires'>, view: RuleView): Explanation {
  const quota = refTo('ResourceQuota', finding.object.namespace, refusal.quota);
  const workload = view.topOwner(finding.object);
  const facts: QuotaRequiresFacts = { quota: refusal.quota, workload: nameOf(workload), missing: refusal.missing };
  const object = whom(workload, quota, view);
  const seen = refusal.missing.map((name) =>
    evidence({
      source: 'spec',
      object: quota,
      path: `spec.hard["${name}"]`,
      value: name,
      text: `ResourceQuota ${refusal.quota} counts ${name}`,
      decisive: true,
    }),
  );
  return ending(finding, { object, mechanism: quotaRequires.id, facts }, { rule, strength: 'certain', evidence: seen });
}

function whom(workload: ObjectRef, policy: ObjectRef, view: RuleView): ObjectRef {
  const created = timeOf(view.find(policy)?.metadata.creationTimestamp);
  return isOddOneOut(workload, created, view) ? workload : policy;
}

function* outOfRange(finding: IdentifiedFinding, refusal: Of<'limit-range'>, view: RuleView): Iterable<Explanation> {
  const range = view.list('LimitRange', finding.object.namespace ?? '').find((candidate) => sets(candidate, refusal));
  if (range === undefined) return;
  const workload = view.topOwner(finding.object);
  const facts: LimitRangeFacts = {
    limitRange: range.metadata.name,
    workload: nameOf(workload),
    detail: refusal.detail,
    resource: refusal.resource,
    bound: refusal.bound,
    asked: refusal.asked,
  };
  const seen = [
    evidence({
      source: 'spec',
      object: refOf(range),
      path: 'spec.limits',
      value: refusal.bound,
      text: `LimitRange ${range.metadata.name}: ${refusal.detail}`,
      decisive: true,
    }),
  ];
  yield ending(finding, { object: whom(workload, refOf(range), view), mechanism: limitRangeRefuses.id, facts }, { rule, strength: 'certain', evidence: seen });
}

/** Whether a LimitRange holds the bound that the message quotes. */
function sets(range: KindTypes['LimitRange'], { resource, bound }: Of<'limit-range'>): boolean {
  const wanted = parseQuantity(bound);
  return (range.spec?.limits ?? []).some((limit) =>
    [limit.max, limit.min, limit.maxLimitRequestRatio].some((values) => values?.[resource] !== undefined && parseQuantity(values[resource]) === wanted),
  );
}
