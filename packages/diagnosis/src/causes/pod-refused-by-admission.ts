import { type ObjectRef, refLabel, refTo } from '@quarterdeck/contract';
import { findWebhook } from '../admission/find-webhook.ts';
import { isOddOneOut } from '../admission/odd-one-out.ts';
import { parseRefusal, type Refusal } from '../admission/refusal.ts';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { absenceEvidence, evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { workloadAt } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending } from './explain.ts';

type Of<K extends Refusal['kind']> = Extract<Refusal, { kind: K }>;

export type AccountFacts = { account: string; workload: string; path: string; meant: string | null };

const accountMissing: Mechanism<AccountFacts> = {
  id: 'service-account-missing',
  title: (facts) => `ServiceAccount ${facts.account} does not exist`,
  sentence: (facts) =>
    `${facts.workload} runs as ServiceAccount ${facts.account}, which does not exist${facts.meant === null ? '' : ` (there is ${facts.meant})`}, so not one of its pods can be created.`,
};

export type PriorityFacts = { class: string; workload: string; path: string; meant: string | null };

const priorityClassMissing: Mechanism<PriorityFacts> = {
  id: 'priority-class-missing',
  title: (facts) => `PriorityClass ${facts.class} does not exist`,
  sentence: (facts) =>
    `${facts.workload} asks for PriorityClass ${facts.class}, which does not exist${facts.meant === null ? '' : ` (there is ${facts.meant})`}, so its pods are refused.`,
};

export type RuntimeClassFacts = { class: string; workload: string; path: string; meant: string | null };

const runtimeClassMissing: Mechanism<RuntimeClassFacts> = {
  id: 'runtime-class-missing',
  title: (facts) => `RuntimeClass ${facts.class} does not exist`,
  sentence: (facts) =>
    `${facts.workload} asks for RuntimeClass ${facts.class} (${facts.path}), which does not exist${facts.meant === null ? '' : ` (there is ${facts.meant})`}, so its pods are refused.`,
};

export type PodSecurityFacts = { profile: string; workload: string; violations: string; namespace: string };

const podSecurity: Mechanism<PodSecurityFacts> = {
  id: 'pod-security-refuses',
  title: (facts) => `Pod Security ${facts.profile} refuses the pods of ${facts.workload}`,
  sentence: (facts) => `Namespace ${facts.namespace} enforces Pod Security profile ${facts.profile}, which ${facts.workload} violates: ${facts.violations}.`,
};

export type DenialFacts = { policy: string; workload: string; detail: string; expression: string | null };

const denied: Mechanism<DenialFacts> = {
  id: 'admission-denies',
  title: (facts) => `${facts.policy} denies the pods of ${facts.workload}`,
  sentence: (facts) =>
    `${facts.policy} denies the pods of ${facts.workload}: ${facts.detail === '' ? 'it gives no reason' : facts.detail}${facts.expression === null ? '' : ` (it asks for ${facts.expression})`}.`,
};

const rule = 'pod-refused-by-admission';

/** Pods that cannot be created because something they need is missing, or because an admission check says no. */
export const podRefusedByAdmissionRule = defineRule({
  id: rule,
  explains: ['workload-replica-failure'],
  mechanisms: [accountMissing, priorityClassMissing, runtimeClassMissing, podSecurity, denied],
  *explain(finding, view) {
    const refusal = parseRefusal(String(finding.facts.message ?? ''));
    const workload = view.topOwner(finding.object);
    if (refusal === null) return;
    if (refusal.kind === 'service-account') yield missingAccount(finding, refusal, workload, view);
    if (refusal.kind === 'priority-class') yield missingPriority(finding, refusal, workload, view);
    if (refusal.kind === 'runtime-class') yield missingRuntime(finding, refusal, workload, view);
    if (refusal.kind === 'pod-security') yield insecure(finding, refusal, workload, view);
    if (refusal.kind === 'webhook-denied' || refusal.kind === 'policy-denied') yield* denial(finding, refusal, workload, view);
  },
});

function nameOf(ref: ObjectRef): string {
  return refLabel({ ...ref, namespace: null });
}

function missingAccount(finding: IdentifiedFinding, refusal: Of<'service-account'>, workload: ObjectRef, view: RuleView): Explanation {
  const missing = refTo('ServiceAccount', refusal.namespace, refusal.name);
  const [via] = view.outgoing(workload, 'runsAs');
  const path = via?.path ?? 'spec.template.spec.serviceAccountName';
  const meant = nearMiss(
    refusal.name,
    view.list('ServiceAccount', refusal.namespace).map(({ metadata }) => metadata.name),
  );
  const facts: AccountFacts = { account: refusal.name, workload: nameOf(workload), path, meant };
  const end = meant === null ? { object: missing, exists: false } : { object: workload, exists: true };
  const seen = [fieldEvidence(workload, path, refusal.name, { decisive: true }), absenceEvidence(missing, `${refLabel(missing)} does not exist`)];
  return ending(finding, { ...end, mechanism: accountMissing.id, facts }, { rule, strength: 'certain', via: via ?? null, evidence: seen });
}

function missingPriority(finding: IdentifiedFinding, refusal: Of<'priority-class'>, workload: ObjectRef, view: RuleView): Explanation {
  const missing = refTo('PriorityClass', null, refusal.name);
  const via = view.outgoing(workload, 'classes').find(({ to }) => to.name === refusal.name) ?? null;
  const path = via?.path ?? 'spec.template.spec.priorityClassName';
  const meant = nearMiss(
    refusal.name,
    view.list('PriorityClass').map(({ metadata }) => metadata.name),
  );
  const facts: PriorityFacts = { class: refusal.name, workload: nameOf(workload), path, meant };
  const end = meant === null ? { object: missing, exists: false } : { object: workload, exists: true };
  const seen = [fieldEvidence(workload, path, refusal.name, { decisive: true }), absenceEvidence(missing, `${refLabel(missing)} does not exist`)];
  return ending(finding, { ...end, mechanism: priorityClassMissing.id, facts }, { rule, strength: 'certain', via, evidence: seen });
}

function missingRuntime(finding: IdentifiedFinding, refusal: Of<'runtime-class'>, workload: ObjectRef, view: RuleView): Explanation {
  const missing = refTo('RuntimeClass', null, refusal.name);
  const path = `${workloadAt(workload, view)?.path ?? 'spec.template.spec'}.runtimeClassName`;
  const meant = nearMiss(
    refusal.name,
    view.list('RuntimeClass').map(({ metadata }) => metadata.name),
  );
  const facts: RuntimeClassFacts = { class: refusal.name, workload: nameOf(workload), path, meant };
  const end = meant === null ? { object: missing, exists: false } : { object: workload, exists: true };
  const seen = [
    fieldEvidence(workload, path, refusal.name, { decisive: true }),
    absenceEvidence(missing, `${refLabel(missing)} does not exist`),
    ...finding.evidence,
  ];
  return ending(finding, { ...end, mechanism: runtimeClassMissing.id, facts }, { rule, strength: 'certain', evidence: seen });
}

/** The profile is a promise of the namespace: the template breaks it, unless the profile stops several workloads. */
function insecure(finding: IdentifiedFinding, refusal: Of<'pod-security'>, workload: ObjectRef, view: RuleView): Explanation {
  const namespace = refTo('Namespace', null, finding.object.namespace ?? '');
  const refused = view
    .findingsOf(finding.code)
    .filter(({ object, facts }) => object.namespace === finding.object.namespace && parseRefusal(String(facts.message))?.kind === 'pod-security');
  const workloads = new Set(refused.map(({ object }) => view.topOwner(object).name));
  const object = workloads.size > 1 && !isOddOneOut(workload, null, view) ? namespace : workload;
  const facts: PodSecurityFacts = { profile: refusal.profile, workload: nameOf(workload), violations: refusal.violations, namespace: namespace.name };
  const label = 'pod-security.kubernetes.io/enforce';
  const seen = [
    evidence({
      source: 'metadata',
      object: namespace,
      path: `metadata.labels["${label}"]`,
      value: refusal.profile,
      text: `Namespace ${namespace.name} enforces ${refusal.profile}`,
      decisive: true,
    }),
  ];
  return ending(finding, { object, mechanism: podSecurity.id, facts }, { rule, strength: 'certain', evidence: seen });
}

/** What a policy checks, where its own words tell which of its checks it was. */
function expressionOf(policy: string, detail: string, view: RuleView): string | null {
  const validations = view.get('ValidatingAdmissionPolicy', null, policy)?.spec?.validations ?? [];
  const said = validations.find(({ message, expression }) => (message !== undefined && detail.includes(message)) || detail.includes(expression));
  const one = validations.length === 1 ? validations[0] : undefined;
  return (said ?? one)?.expression ?? null;
}

function* denial(finding: IdentifiedFinding, refusal: Of<'webhook-denied' | 'policy-denied'>, workload: ObjectRef, view: RuleView): Iterable<Explanation> {
  const webhook = refusal.kind === 'webhook-denied' ? findWebhook(refusal.webhook, { namespace: finding.object.namespace, detail: '' }, view) : null;
  const policy = refusal.kind === 'policy-denied' ? refTo('ValidatingAdmissionPolicy', null, refusal.policy) : webhook?.ref;
  if (policy === undefined) return;
  const named =
    refusal.kind === 'policy-denied' ? `ValidatingAdmissionPolicy ${refusal.policy}` : `Webhook ${refusal.webhook} of ${policy.kind} ${policy.name}`;
  const created = timeOf(view.find(policy)?.metadata.creationTimestamp);
  const object = isOddOneOut(workload, created, view) ? workload : policy;
  const expression = refusal.kind === 'policy-denied' ? expressionOf(refusal.policy, refusal.detail, view) : null;
  const facts: DenialFacts = { policy: named, workload: nameOf(workload), detail: refusal.detail.replace(/[.\s]+$/, ''), expression };
  const checked = expression === null ? [] : [fieldEvidence(policy, 'spec.validations', expression, { decisive: true })];
  yield ending(finding, { object, mechanism: denied.id, facts }, { rule, strength: 'certain', evidence: [...checked, ...finding.evidence] });
}
