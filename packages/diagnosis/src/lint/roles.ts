import { type KindTypes, refOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import { defineLint } from './define-lint.ts';

type Role = KindTypes['Role'] | KindTypes['ClusterRole'];

/** Those that Kubernetes ships, and parts of an aggregated role. */
function isShipped({ metadata }: Role): boolean {
  return metadata.labels?.['kubernetes.io/bootstrapping'] !== undefined || metadata.name.startsWith('system:');
}

/** Whether somebody has the role who is not one of Kubernetes’ own. */
function isGranted(role: Role, view: ClusterView): boolean {
  return view.incoming(refOf(role), 'grants').some(({ from }) => !from.name.startsWith('system:') && from.namespace !== 'kube-system');
}

const roles = ['Role', 'ClusterRole'] as const;

export const roleWildcard = defineLint({
  code: 'role-wildcard',
  title: 'Role that allows everything',
  documentation:
    'A rule with `*` for verbs and resources allows whatever there is, and whatever will be added. Name the resources and verbs that the program uses.',
  severity: 'low',
  silentWhen: 'The role is shipped with Kubernetes, or nobody is bound to it.',
  kind: roles,
  *check(role, view) {
    if (isShipped(role) || !isGranted(role, view)) return;
    for (const [index, { verbs, resources = [], apiGroups = [] }] of (role.rules ?? []).entries()) {
      if (verbs.includes('*') && resources.includes('*'))
        yield {
          path: `rules[${index}]`,
          message: `All verbs on all resources of ${apiGroups.includes('*') ? 'every API' : `API ${apiGroups.join(', ') || 'core'}`}.`,
        };
    }
  },
});

const escalating = new Set(['escalate', 'bind', 'impersonate']);

export const roleEscalates = defineLint({
  code: 'role-escalates',
  title: 'Role with which rights can be widened',
  documentation: 'The verbs escalate, bind and impersonate let their holder give itself, or act with, rights that it does not have. Few controllers need them.',
  severity: 'low',
  silentWhen: 'The role is shipped with Kubernetes, or nobody is bound to it.',
  kind: roles,
  *check(role, view) {
    if (isShipped(role) || !isGranted(role, view)) return;
    for (const [index, { verbs, resources = [] }] of (role.rules ?? []).entries()) {
      const found = verbs.filter((verb) => escalating.has(verb));
      if (found.length > 0) yield { path: `rules[${index}].verbs`, message: `${found.join(', ')} on ${resources.join(', ')}.` };
    }
  },
});

export const roleReadsSecrets = defineLint({
  code: 'role-reads-all-secrets',
  title: 'All Secrets of the cluster can be read',
  documentation:
    'The ClusterRole reads Secrets and is granted across the cluster: its holder has the credentials of everybody. Grant it with RoleBindings in the namespaces that need it.',
  severity: 'info',
  silentWhen: 'The role is granted in single namespaces only, or names the Secrets it reads.',
  kind: 'ClusterRole',
  *check(role, view) {
    if (isShipped(role)) return;
    const everywhere = view.incoming(refOf(role), 'grants').find(({ from }) => from.kind === 'ClusterRoleBinding' && !from.name.startsWith('system:'));
    const index = (role.rules ?? []).findIndex(
      ({ verbs, resources = [], apiGroups = [], resourceNames }) =>
        resources.includes('secrets') &&
        apiGroups.some((group) => group === '' || group === '*') &&
        verbs.some((verb) => ['get', 'list', 'watch', '*'].includes(verb)) &&
        resourceNames === undefined,
    );
    if (everywhere !== undefined && index >= 0)
      yield { path: `rules[${index}]`, message: `ClusterRoleBinding ${everywhere.from.name} grants it across the cluster.` };
  },
});

export const bindingToAdmin = defineLint({
  code: 'binding-to-admin',
  title: 'ServiceAccount is administrator of the cluster',
  documentation: 'Whoever gets into a pod of this account has the whole cluster. Bind it to a role with what the program uses.',
  severity: 'low',
  silentWhen: 'The account lies in a system namespace, or the binding is one of Kubernetes’ own.',
  kind: 'ClusterRoleBinding',
  *check({ metadata, roleRef, subjects }) {
    if (roleRef.name !== 'cluster-admin' || metadata.labels?.['kubernetes.io/bootstrapping'] !== undefined) return;
    for (const [index, { kind, name, namespace }] of (subjects ?? []).entries()) {
      if (kind === 'ServiceAccount' && namespace !== 'kube-system')
        yield { path: `subjects[${index}]`, message: `ServiceAccount ${namespace}/${name} may do everything.` };
    }
  },
});

const nobody = new Set(['system:anonymous', 'system:unauthenticated']);
/** What every cluster lets anonymous callers ask. */
const harmless = new Set(['system:public-info-viewer', 'system:discovery', 'system:basic-user', 'kubeadm:bootstrap-signer-clusterinfo']);

export const bindingAnonymous = defineLint({
  code: 'binding-anonymous',
  title: 'Rights for callers that are not logged in',
  documentation: 'The binding gives rights to system:anonymous or system:unauthenticated: anybody who reaches the API server has them. Remove the subject.',
  severity: 'low',
  silentWhen: 'The role only shows the version and the kubeadm cluster information, as every cluster allows.',
  kind: ['RoleBinding', 'ClusterRoleBinding'],
  *check({ roleRef, subjects, metadata }) {
    if (harmless.has(roleRef.name) || metadata.name === 'kubeadm:bootstrap-signer-clusterinfo') return;
    for (const [index, { name }] of (subjects ?? []).entries()) {
      if (nobody.has(name)) yield { path: `subjects[${index}]`, message: `${name} has ${roleRef.kind} ${roleRef.name}.` };
    }
  },
});

export const roleChecks = [roleWildcard, roleEscalates, roleReadsSecrets, bindingToAdmin, bindingAnonymous];
