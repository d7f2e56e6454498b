import { type KindTypes, type ObjectRef, refOf, refTo } from '@quarterdeck/contract';
import type { Subject } from 'kubernetes-types/rbac/v1.js';
import {
  type AccessRequest,
  type Account,
  allBindings,
  type Binding,
  bindingsOf,
  reaches,
  roleAllows,
  roleNearness,
  roleOf,
  roleText,
} from '../access/grants.ts';
import { selectorMatches } from '../graph/label-selector.ts';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { absenceEvidence, evidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, ending } from './explain.ts';

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
  return defineMechanism({ id, title, sentence: (facts, object) => `${facts.workload} is refused by the API server: ${asked(facts)}. ${why(facts, object)}` });
}

const roleLacks = mechanism(
  'role-lacks-permission',
  (facts, object) => `${object.kind} ${object.name} does not allow to ${facts.verb} ${facts.resource}`,
  (facts, object) => `${object.kind} ${object.name}, which it is bound to, allows only: ${facts.detail}.`,
);
const partMissing = mechanism(
  'aggregated-role-lacks-part',
  (_facts, object) => `ClusterRole ${object.name} is not taken into the role that it is meant for`,
  (facts, object) => `ClusterRole ${object.name} allows it, but lacks the label by which ${facts.detail} collects its rules.`,
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

export const denialMechanisms: readonly Mechanism[] = [roleLacks, partMissing, roleMissing, subjectWrong, tooNarrow, otherAccount, noGrant];

/** A request that the API server refused to a ServiceAccount. */
export interface DeniedRequest {
  rule: string;
  finding: IdentifiedFinding;
  /** What asked: the workload that runs as the account, or whatever else is known of it. */
  workload: ObjectRef;
  account: Account;
  request: AccessRequest;
  seen: Explanation['evidence'];
}

/** Which role, binding or account a person must change so that the request is allowed. */
export function explainDenial(denied: DeniedRequest, view: RuleView): Explanation {
  return boundRole(denied, view) ?? unboundRole(denied, view);
}

function end(
  denied: DeniedRequest,
  how: Mechanism<DeniedFacts>,
  object: ObjectRef,
  detail: string,
  seen: Explanation['evidence'] = [],
  exists = true,
): Explanation {
  const { account, request, workload, finding, rule } = denied;
  const { verb, resource, group, namespace } = request;
  const facts: DeniedFacts = {
    account: account.name,
    accountNamespace: account.namespace,
    verb,
    resource,
    group,
    namespace,
    workload: `${workload.kind} ${workload.name}`,
    detail,
  };
  return ending(finding, { object, exists, mechanism: how.id, facts }, { rule, strength: 'certain', evidence: [...seen, ...denied.seen] });
}

/** The account is bound to roles: one does not exist, or the one that comes nearest lacks the verb or the resource. */
function boundRole(denied: DeniedRequest, view: RuleView): Explanation | null {
  const bound = bindingsOf(denied.account, view).flatMap((binding) => {
    const found = roleOf(binding, view);
    return found === null ? [] : [{ binding, ...found }];
  });
  const missing = bound.find(({ ref }) => view.isMissing(ref));
  if (missing !== undefined) return missingRole(denied, missing.binding, missing.ref, view);
  const narrow = bound.find(({ binding, role }) => !reaches(binding, denied.request) && roleAllows(role, denied.request));
  if (narrow !== undefined) {
    const wanted = denied.request.namespace === null ? 'the request is for the whole cluster' : `the request is for namespace ${denied.request.namespace}`;
    return end(denied, tooNarrow, refOf(narrow.binding), wanted);
  }
  const [nearest] = bound
    .filter(({ binding, role }) => role !== undefined && reaches(binding, denied.request))
    .toSorted((a, b) => roleNearness(b.role, denied.request) - roleNearness(a.role, denied.request) || (a.ref.name < b.ref.name ? -1 : 1));
  if (nearest === undefined) return null;
  return lackingPart(denied, nearest.ref, view) ?? lackingRule(denied, nearest.ref, roleText(nearest.role));
}

function lackingRule(denied: DeniedRequest, role: ObjectRef, allowed: string): Explanation {
  const text = `${role.kind} ${role.name} allows: ${allowed}`;
  return end(denied, roleLacks, role, allowed, [evidence({ source: 'spec', object: role, path: 'rules', value: allowed, text, decisive: true })]);
}

/** The rules of an aggregated role are collected by label: a part that allows it and is not collected is what to change. */
function lackingPart(denied: DeniedRequest, role: ObjectRef, view: RuleView): Explanation | null {
  const selectors = view.get('ClusterRole', null, role.name)?.aggregationRule?.clusterRoleSelectors ?? [];
  if (role.kind !== 'ClusterRole' || selectors.length === 0) return null;
  const isMeant = (part: KindTypes['ClusterRole']) =>
    roleNearness(part, denied.request) > 0 && roleAllows(part, denied.request) && !isShipped(part) && !isEverything(part);
  const outside = view
    .list('ClusterRole')
    .find((part) => part.metadata.name !== role.name && isMeant(part) && !selectors.some((selector) => selectorMatches(selector, part.metadata.labels)));
  if (outside === undefined) return null;
  const wanted = selectors.flatMap(({ matchLabels = {} }) => Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`)).join(', ');
  const own = Object.entries(outside.metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const seen = fieldEvidence(refOf(outside), 'metadata.labels', own.length === 0 ? 'none' : own.join(', '), { decisive: true });
  return end(denied, partMissing, refOf(outside), `ClusterRole ${role.name} (${wanted})`, [seen]);
}

function isShipped({ metadata }: KindTypes['ClusterRole']): boolean {
  return metadata.name.startsWith('system:') || metadata.labels?.['kubernetes.io/bootstrapping'] !== undefined;
}

function isEverything({ rules = [] }: KindTypes['ClusterRole']): boolean {
  return rules.some(({ resources = [], verbs }) => resources.includes('*') && verbs.includes('*'));
}

function missingRole(denied: DeniedRequest, binding: Binding, role: ObjectRef, view: RuleView): Explanation {
  const meant = meantRole(role, view);
  const absent = absenceEvidence(role, `${role.kind} ${role.name} does not exist`);
  const detail = `${binding.kind} ${binding.metadata.name} refers to ${role.kind} ${role.name}, which does not exist${meant === null ? '' : ` (there is ${meant})`}`;
  return meant === null ? end(denied, roleMissing, role, detail, [absent], false) : end(denied, roleMissing, refOf(binding), detail, [absent]);
}

/** A role that is named almost so, or just so and of the other kind or in another namespace. */
function meantRole(role: ObjectRef, view: RuleView): string | null {
  const own = (role.kind === 'Role' ? view.list('Role', role.namespace ?? '') : view.list('ClusterRole')).map(({ metadata }) => metadata.name);
  const near = nearMiss(role.name, own);
  if (near !== null) return near;
  if (role.kind === 'Role' && view.get('ClusterRole', null, role.name) !== undefined) return `ClusterRole ${role.name}`;
  const elsewhere = view.list('Role').find(({ metadata }) => metadata.name === role.name);
  return elsewhere === undefined ? null : `Role ${elsewhere.metadata.namespace}/${role.name}`;
}

/** Not bound: a binding that means it but names another, another account that has the right, or nothing at all. */
function unboundRole(denied: DeniedRequest, view: RuleView): Explanation {
  const { account, request } = denied;
  const allowing = allBindings(view).filter(
    (binding) => (reaches(binding, request) || binding.metadata.namespace === account.namespace) && roleAllows(roleOf(binding, view)?.role, request),
  );
  for (const binding of allowing) {
    const subject = (binding.subjects ?? []).find((candidate) => isMeant(candidate, account));
    if (subject !== undefined) return end(denied, subjectWrong, refOf(binding), `its subject is ${subjectText(subject)}`);
  }
  const able = allowing.flatMap((binding) =>
    (binding.subjects ?? []).filter(({ kind, namespace }) => kind === 'ServiceAccount' && namespace === account.namespace).map(({ name }) => name),
  );
  const [other] = [...new Set(able)];
  if (other !== undefined && able.length === 1 && view.get('ServiceAccount', account.namespace, other) !== undefined)
    return end(denied, otherAccount, denied.workload, other);
  return end(denied, noGrant, refTo('ServiceAccount', account.namespace, account.name), whatThereIs(denied, view));
}

function whatThereIs({ account, request }: DeniedRequest, view: RuleView): string {
  const role = view.list('Role', account.namespace).find((candidate) => roleAllows(candidate, request));
  if (role !== undefined) return `Role ${role.metadata.name} would allow it, but no binding gives it to this account`;
  const [bound] = bindingsOf(account, view);
  if (bound === undefined) return 'No role binding names it';
  const where = bound.metadata.namespace === undefined ? '' : ` in namespace ${bound.metadata.namespace}`;
  return `${bound.kind} ${bound.metadata.name} grants it only ${roleText(roleOf(bound, view)?.role)}${where}`;
}

function isMeant(subject: Subject, account: Account): boolean {
  // A ServiceAccount is no User of its bare name, and no Group.
  if (subject.kind !== 'ServiceAccount') return subject.name === account.name;
  if (subject.name === account.name) return subject.namespace !== account.namespace;
  return subject.namespace === account.namespace && nearMiss(subject.name, [account.name]) !== null;
}

function subjectText({ kind, name, namespace }: Subject): string {
  return kind === 'ServiceAccount' ? `ServiceAccount ${namespace ?? 'without a namespace'}/${name}` : `${kind} ${name}, which is no ServiceAccount`;
}
