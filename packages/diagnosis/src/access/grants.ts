import { type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';

export type Binding = KindTypes['RoleBinding'] | KindTypes['ClusterRoleBinding'];
type Role = KindTypes['Role'] | KindTypes['ClusterRole'];
type PolicyRule = NonNullable<Role['rules']>[number];

/** What a program asked the API server for. `namespace` is null for a request across the whole cluster. */
export interface AccessRequest {
  verb: string;
  /** With its subresource: `pods/log`. */
  resource: string;
  group: string;
  namespace: string | null;
}

export interface Account {
  namespace: string;
  name: string;
}

/** `system:serviceaccount:shop:reader`; null for users of other kinds. */
export function accountOf(user: string): Account | null {
  const match = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user);
  return match?.[1] === undefined || match[2] === undefined ? null : { namespace: match[1], name: match[2] };
}

export function subjectIs(binding: Binding, account: Account): boolean {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`, 'system:authenticated'];
  return (binding.subjects ?? []).some((subject) => {
    if (subject.kind === 'ServiceAccount') return subject.name === account.name && subject.namespace === account.namespace;
    return subject.kind === 'Group' && groups.includes(subject.name);
  });
}

/** Bindings made by people for an account; those that Kubernetes gives to everybody are left out. */
export function bindingsOf(account: Account, view: ClusterView): Binding[] {
  return allBindings(view).filter((binding) => subjectIs(binding, account) && !binding.metadata.name.startsWith('system:'));
}

export function allBindings(view: ClusterView): Binding[] {
  return [...view.list('RoleBinding'), ...view.list('ClusterRoleBinding')];
}

export function roleOf(binding: Binding, view: ClusterView): { ref: ObjectRef; role: Role | undefined } | null {
  const ref = view.outgoing(refOf(binding), 'grants')[0]?.to;
  if (ref === undefined) return null;
  return { ref, role: ref.kind === 'Role' ? view.get('Role', ref.namespace, ref.name) : view.get('ClusterRole', null, ref.name) };
}

/** A role binding grants in its own namespace only, also where it refers to a ClusterRole. */
export function reaches(binding: Binding, request: AccessRequest): boolean {
  return binding.metadata.namespace === undefined || binding.metadata.namespace === request.namespace;
}

const covers = (values: readonly string[] | undefined, wanted: string) => (values ?? []).some((value) => value === '*' || value === wanted);

/** A rule for named objects is no help to a request that was refused: it was for another one, or for all of them. */
export function ruleAllows(rule: PolicyRule, request: AccessRequest): boolean {
  if (request.resource.startsWith('/')) return covers(rule.verbs, request.verb) && coversPath(rule, request.resource);
  return (
    (rule.resourceNames ?? []).length === 0 &&
    covers(rule.verbs, request.verb) &&
    covers(rule.apiGroups, request.group) &&
    coversResource(rule, request.resource)
  );
}

/** `/healthz/*` covers what lies below it. */
function coversPath({ nonResourceURLs = [] }: PolicyRule, path: string): boolean {
  return nonResourceURLs.some((url) => url === path || url === '*' || (url.endsWith('*') && path.startsWith(url.slice(0, -1))));
}

function coversResource(rule: PolicyRule, resource: string): boolean {
  const subresource = resource.includes('/') ? `*/${resource.slice(resource.indexOf('/') + 1)}` : resource;
  return covers(rule.resources, resource) || covers(rule.resources, subresource);
}

export function roleAllows(role: Role | undefined, request: AccessRequest): boolean {
  return (role?.rules ?? []).some((rule) => ruleAllows(rule, request));
}

/** How near a role comes to a request: 2 where only the verb is missing, 1 where only resource or group is. */
export function roleNearness(role: Role | undefined, request: AccessRequest): number {
  const near = (role?.rules ?? []).map((rule) => {
    if (coversResource(rule, request.resource)) return 2;
    return covers(rule.verbs, request.verb) ? 1 : 0;
  });
  return Math.max(0, ...near);
}

/** `get, list configmaps; get pods/log`: what a role grants, in words. */
export function roleText(role: Role | undefined): string {
  const rules = (role?.rules ?? []).map(({ verbs, resources = [], apiGroups, resourceNames = [], nonResourceURLs = [] }) => {
    const [group = ''] = apiGroups ?? [];
    const named = resourceNames.length === 0 ? '' : ` named ${resourceNames.join(', ')}`;
    const what = [...resources.map((resource) => (group === '' ? resource : `${resource}.${group}`)), ...nonResourceURLs];
    return `${(verbs ?? []).join(', ')} ${what.join(', ')}${named}`;
  });
  return rules.length === 0 ? 'nothing' : rules.join('; ');
}
