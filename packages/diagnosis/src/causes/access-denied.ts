import { type ObjectRef, refOf, refTo, sameRef } from '@quarterdeck/contract';
import {
  type AccessRequest,
  type Account,
  accountOf,
  allBindings,
  type Binding,
  bindingsOf,
  reaches,
  roleAllows,
  roleNearness,
  roleOf,
  roleText,
} from '../access/grants.ts';
import { roleBindingDangling } from '../analysers/role-binding.ts';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { absenceEvidence, evidence, logEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

export type DeniedFacts = {
  account: string;
  accountNamespace: string;
  verb: string;
  resource: string;
  group: string;
  namespace: string | null;
  workload: string;
  detail: string;
};

const asked = ({ accountNamespace, account, verb, resource, group, namespace }: DeniedFacts) =>
  `ServiceAccount ${accountNamespace}/${account} may not ${verb} ${resource}${group === '' ? '' : `.${group}`} ${namespace === null ? 'across the cluster' : `in namespace ${namespace}`}`;

function mechanism(
  id: string,
  title: (facts: DeniedFacts, object: ObjectRef) => string,
  why: (facts: DeniedFacts, object: ObjectRef) => string,
): Mechanism<DeniedFacts> {
  return { id, title, sentence: (facts, object) => `${facts.workload} is refused by the API server: ${asked(facts)}. ${why(facts, object)}` };
}

const roleLacks = mechanism(
  'role-lacks-permission',
  (facts, object) => `${object.kind} ${object.name} does not allow to ${facts.verb} ${facts.resource}`,
  (facts, object) => `${object.kind} ${object.name}, which it is bound to, allows only: ${facts.detail}.`,
);
const roleMissing = mechanism(
  'bound-role-missing',
  (facts, object) =>
    object.kind.endsWith('Binding')
      ? `${object.kind} ${object.name} refers to a role that does not exist`
      : `${object.kind} ${object.name}, which ServiceAccount ${facts.account} is bound to, does not exist`,
  (facts) => `${facts.detail}.`,
);
const subjectWrong = mechanism(
  'binding-subject-wrong',
  (facts, object) => `${object.kind} ${object.name} names another subject than ServiceAccount ${facts.account}`,
  (facts, object) => `${object.kind} ${object.name} would allow it, but ${facts.detail}.`,
);
const tooNarrow = mechanism(
  'binding-too-narrow',
  (_facts, object) => `${object.kind} ${object.name} grants only in namespace ${object.namespace}`,
  (facts, object) => `${object.kind} ${object.name} allows it in namespace ${object.namespace} only; ${facts.detail}.`,
);
const otherAccount = mechanism(
  'wrong-service-account',
  (facts, object) => `${object.kind} ${object.name} runs as ServiceAccount ${facts.account}, which has no rights`,
  (facts) => `ServiceAccount ${facts.detail} of the same namespace has the right.`,
);
const noGrant = mechanism(
  'no-role-binding',
  (facts) => `ServiceAccount ${facts.account} is bound to no role that allows to ${facts.verb} ${facts.resource}`,
  (facts) => `${facts.detail}.`,
);

const rule = 'access-denied';

export const accessDeniedRule = defineRule({
  id: rule,
  explains: [...symptomsWithLog, roleBindingDangling.code],
  mechanisms: [roleLacks, roleMissing, subjectWrong, tooNarrow, otherAccount, noGrant],
  *explain(finding, view) {
    if (finding.code === roleBindingDangling.code) yield* sharedEnd(finding, view);
    else yield* denials(finding, view);
  },
});

/** A binding that grants nothing is the same fault as the refusal that it leads to. */
function* sharedEnd(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  for (const symptom of symptomsWithLog.flatMap((code) => view.findingsOf(code))) {
    for (const explanation of denials(symptom, view)) {
      const { because } = explanation;
      const touches =
        because.kind === 'root' &&
        (sameRef(because.object, finding.object) || view.outgoing(finding.object, 'grants').some(({ to }) => sameRef(to, because.object)));
      if (touches) yield { ...explanation, finding: finding.id, evidence: finding.evidence };
    }
  }
}

function* denials(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const symptom = logSymptom(finding, view);
  if (symptom === null) return;
  for (const fact of symptomFacts(finding, symptom, 'forbidden', view)) {
    const account = accountOf(fact.claim.user);
    if (account === null) continue;
    const { verb, resource, group, namespace } = fact.claim;
    const denied: Denied = {
      finding,
      symptom,
      account,
      request: { verb, resource, group, namespace },
      seen: [logEvidence(podRef(symptom.log.pod), symptom.log.container, fact, { decisive: true })],
    };
    const explanation = boundRole(denied, view) ?? unboundRole(denied, view);
    yield explanation;
  }
}

interface Denied {
  finding: IdentifiedFinding;
  symptom: LogSymptom;
  account: Account;
  request: AccessRequest;
  seen: Explanation['evidence'];
}

function end(denied: Denied, how: Mechanism<DeniedFacts>, object: ObjectRef, detail: string, seen: Explanation['evidence'] = [], exists = true): Explanation {
  const { account, request, symptom, finding } = denied;
  const facts: DeniedFacts = {
    account: account.name,
    accountNamespace: account.namespace,
    ...request,
    workload: `${symptom.workload.ref.kind} ${symptom.workload.ref.name}`,
    detail,
  };
  return ending(finding, { object, exists, mechanism: how.id, facts }, { rule, strength: 'certain', evidence: [...seen, ...denied.seen] });
}

/** The account is bound to roles: one does not exist, or the one that comes nearest lacks the verb or the resource. */
function boundRole(denied: Denied, view: RuleView): Explanation | null {
  const bound = bindingsOf(denied.account, view).flatMap((binding) => {
    const found = roleOf(binding, view);
    return found === null ? [] : [{ binding, ...found }];
  });
  const missing = bound.find(({ ref }) => view.isMissing(ref));
  if (missing !== undefined) return missingRole(denied, missing.binding, missing.ref, view);
  const narrow = bound.find(({ binding, role }) => !reaches(binding, denied.request) && roleAllows(role, denied.request));
  if (narrow !== undefined)
    return end(
      denied,
      tooNarrow,
      refOf(narrow.binding),
      denied.request.namespace === null ? 'the request is for the whole cluster' : `the request is for namespace ${denied.request.namespace}`,
    );
  const [nearest] = bound
    .filter(({ binding, role }) => role !== undefined && reaches(binding, denied.request))
    .toSorted((a, b) => roleNearness(b.role, denied.request) - roleNearness(a.role, denied.request) || (a.ref.name < b.ref.name ? -1 : 1));
  if (nearest === undefined) return null;
  const allowed = roleText(nearest.role);
  const seen = evidence({
    source: 'spec',
    object: nearest.ref,
    path: 'rules',
    value: allowed,
    text: `${nearest.ref.kind} ${nearest.ref.name} allows: ${allowed}`,
    decisive: true,
  });
  return end(denied, roleLacks, nearest.ref, allowed, [seen]);
}

function missingRole(denied: Denied, binding: Binding, role: ObjectRef, view: RuleView): Explanation {
  const names = (role.kind === 'Role' ? view.list('Role', role.namespace ?? '') : view.list('ClusterRole')).map(({ metadata }) => metadata.name);
  const meant = nearMiss(role.name, names);
  const absent = absenceEvidence(role, `${role.kind} ${role.name} does not exist`);
  const detail = `${binding.kind} ${binding.metadata.name} refers to ${role.kind} ${role.name}, which does not exist${meant === null ? '' : ` (there is ${meant})`}`;
  return meant === null ? end(denied, roleMissing, role, detail, [absent], false) : end(denied, roleMissing, refOf(binding), detail, [absent]);
}

/** Not bound: a binding that means it but names another, another account that has the right, or nothing at all. */
function unboundRole(denied: Denied, view: RuleView): Explanation {
  const { account, request, symptom } = denied;
  const allowing = allBindings(view).filter(
    (binding) => (reaches(binding, request) || binding.metadata.namespace === account.namespace) && roleAllows(roleOf(binding, view)?.role, request),
  );
  for (const binding of allowing) {
    const subject = (binding.subjects ?? []).find((candidate) => candidate.kind === 'ServiceAccount' && isMeant(candidate, account));
    if (subject !== undefined)
      return end(denied, subjectWrong, refOf(binding), `its subject is ServiceAccount ${subject.namespace ?? 'without a namespace'}/${subject.name}`);
  }
  const able = allowing.flatMap((binding) =>
    (binding.subjects ?? []).filter(({ kind, namespace }) => kind === 'ServiceAccount' && namespace === account.namespace).map(({ name }) => name),
  );
  const [other] = [...new Set(able)];
  if (other !== undefined && able.length === 1 && view.get('ServiceAccount', account.namespace, other) !== undefined)
    return end(denied, otherAccount, symptom.workload.ref, other);
  const role = view.list('Role', account.namespace).find((candidate) => roleAllows(candidate, request));
  const bound = bindingsOf(account, view).map(
    (binding) =>
      `${binding.kind} ${binding.metadata.name} grants it only ${roleText(roleOf(binding, view)?.role)}${binding.metadata.namespace === undefined ? '' : ` in namespace ${binding.metadata.namespace}`}`,
  );
  const detail =
    role === undefined ? (bound[0] ?? 'No role binding names it') : `Role ${role.metadata.name} would allow it, but no binding gives it to this account`;
  return end(denied, noGrant, refTo('ServiceAccount', account.namespace, account.name), detail);
}

function isMeant(subject: { name: string; namespace?: string }, account: Account): boolean {
  if (subject.name === account.name) return subject.namespace !== account.namespace;
  return subject.namespace === account.namespace && nearMiss(subject.name, [account.name]) !== null;
}
