import { refOf, refTo } from '@quarterdeck/contract';
import { defineLint, defineTemplateLint } from './define-lint.ts';

export const defaultAccountBound = defineLint({
  code: 'default-account-bound',
  title: 'The default ServiceAccount of a namespace has rights',
  documentation:
    'Every pod that names no account runs as `default`, so that what is granted to it is granted to all of them. Make an account for the program that needs the right.',
  severity: 'low',
  silentWhen: 'The binding is one of Kubernetes’ own.',
  kind: ['RoleBinding', 'ClusterRoleBinding'],
  *check({ metadata, subjects, roleRef }) {
    if (metadata.labels?.['kubernetes.io/bootstrapping'] !== undefined) return;
    for (const [index, { kind, name, namespace }] of (subjects ?? []).entries()) {
      if (kind === 'ServiceAccount' && name === 'default')
        yield {
          path: `subjects[${index}]`,
          message: `Every pod of namespace ${namespace ?? metadata.namespace} that names no account has ${roleRef.kind} ${roleRef.name}.`,
        };
    }
  },
});

export const accountSecretMissing = defineLint({
  code: 'account-secret-missing',
  title: 'ServiceAccount names a Secret that does not exist',
  documentation:
    'Pods that run as this account pull their images without the credentials that were meant, or miss the token. It bites at the next pull of a private image.',
  severity: 'low',
  silentWhen: 'Secrets may not be listed.',
  kind: 'ServiceAccount',
  *check(account, view) {
    for (const field of ['imagePullSecrets', 'secrets'] as const) {
      for (const [index, { name }] of (account[field] ?? []).entries()) {
        if (name !== undefined && view.isMissing(refTo('Secret', account.metadata.namespace ?? '', name)))
          yield { path: `${field}[${index}].name`, message: `Secret ${name} does not exist.` };
      }
    }
  },
});

export const accountMissing = defineTemplateLint({
  code: 'account-missing',
  title: 'Workload names a ServiceAccount that does not exist',
  documentation: 'Pods that run go on, but no new one can be created: the next rollout, restart or drain stops at “service account not found”.',
  severity: 'low',
  silentWhen: 'The namespace or its ServiceAccounts were not read; where pods are already refused there is an issue.',
  *check({ holder, path }, view) {
    for (const { to } of view.outgoing(holder, 'runsAs')) {
      if (view.isMissing(to)) yield { path: `${path}.serviceAccountName`, message: `ServiceAccount ${to.name} does not exist: no new pod can be created.` };
    }
  },
});

const apiClients = /kubectl|kubernetes|client-go|operator|controller|argo|flux|prometheus|istio|vault|external-/i;

export const tokenUnused = defineTemplateLint({
  code: 'token-without-rights',
  title: 'Token of an account without rights is mounted',
  documentation:
    'automountServiceAccountToken is set to true, and no binding gives the account a right: the token is of no use to the program and of some to whoever breaks in. Set it to false.',
  severity: 'info',
  silentWhen: 'The field is left out, the account has a binding, or the image is a client of the API server by its name.',
  *check({ holder, spec, path }, view) {
    if (spec.automountServiceAccountToken !== true || view.coverage('RoleBinding') !== 'read' || view.coverage('ClusterRoleBinding') !== 'read') return;
    const account = refTo('ServiceAccount', holder.namespace, spec.serviceAccountName ?? 'default');
    const isClient = (spec.containers ?? []).some(({ image }) => apiClients.test(image ?? ''));
    if (!isClient && view.incoming(account, 'binds').length === 0)
      yield { path: `${path}.automountServiceAccountToken`, message: `ServiceAccount ${account.name} is bound to no role.` };
  },
});

export const bindingDangling = defineLint({
  code: 'binding-dangling',
  title: 'Role binding that grants nothing',
  documentation:
    'The binding names a role, or a ServiceAccount, that does not exist, so that it grants nothing; whoever creates that name later has the right at once. Delete the binding, or make what it names.',
  severity: 'low',
  silentWhen: 'The binding is one of Kubernetes’ own, or what it names may not be listed; where pods run without the right, `qd issues` tells.',
  kind: ['RoleBinding', 'ClusterRoleBinding'],
  *check(binding, view) {
    const object = refOf(binding);
    if (binding.metadata.name.startsWith('system:') || binding.metadata.labels?.['kubernetes.io/bootstrapping'] !== undefined) return;
    for (const { to, path } of [...view.outgoing(object, 'grants'), ...view.outgoing(object, 'binds')]) {
      if (view.isMissing(to)) yield { path, message: `${to.kind} ${to.namespace === null ? '' : `${to.namespace}/`}${to.name} does not exist.` };
    }
  },
});

export const accountChecks = [defaultAccountBound, accountSecretMissing, accountMissing, tokenUnused, bindingDangling];
