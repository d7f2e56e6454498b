import { type BuiltInKind, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import { defineLint } from './define-lint.ts';

const consumers = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicaSet',
  'Ingress',
  'ServiceAccount',
] as const satisfies readonly BuiltInKind[];

/** Without all that could use it nobody can say that nothing does. */
function sawAll(view: ClusterView, kinds: readonly BuiltInKind[]): boolean {
  return kinds.every((kind) => view.coverage(kind) === 'read');
}

/** Read through the API by a program, as its labels, owner or name say. */
const readByPrograms =
  /^(grafana_|prometheus_|fluentd_|app\.kubernetes\.io\/managed-by$|owner$|argocd\.argoproj\.io\/|controller\.cert-manager\.io\/|toolkit\.fluxcd\.io\/|operators\.coreos\.com\/)/;
const namedByPrograms =
  /^(kube-root-ca\.crt|istio-ca-root-cert|openshift-service-ca\.crt|.*-leader(-election)?|.*-lock|sh\.helm\.release\..*|extension-apiserver-authentication)$/;

function hasReader({ metadata }: KubeObject): boolean {
  return (
    (metadata.ownerReferences ?? []).length > 0 ||
    Object.keys(metadata.labels ?? {}).some((label) => readByPrograms.test(label)) ||
    namedByPrograms.test(metadata.name)
  );
}

function isUsed(object: ObjectRef, view: ClusterView): boolean {
  return view.incoming(object).some(({ type }) => type !== 'contains' && type !== 'changes' && type !== 'owns');
}

/** A pair that is rolled out anew under another name is used for a while by what still runs. */
const dayMs = 24 * 3600 * 1000;

function isOld({ metadata }: KubeObject, view: ClusterView): boolean {
  return view.now - Date.parse(metadata.creationTimestamp ?? '') > dayMs;
}

export const configMapUnused = defineLint({
  code: 'config-map-unused',
  title: 'ConfigMap that nothing reads',
  documentation:
    'No pod and no workload mounts it or reads it into its environment. Programs may read it through the API, which cannot be seen; if none does, it can go.',
  severity: 'info',
  silentWhen:
    'It is younger than a day, has an owner, or its labels say that a program reads it (Grafana, Prometheus, Helm, Argo CD); or not all consumers could be read.',
  kind: 'ConfigMap',
  *check(configMap, view) {
    if (sawAll(view, consumers) && !hasReader(configMap) && !isUsed(refOf(configMap), view) && isOld(configMap, view))
      yield { message: 'No pod and no workload mounts or reads it.' };
  },
});

const ordinarySecrets = new Set(['Opaque', 'kubernetes.io/tls', 'kubernetes.io/dockerconfigjson', 'kubernetes.io/basic-auth', 'kubernetes.io/ssh-auth']);

export const secretUnused = defineLint({
  code: 'secret-unused',
  title: 'Secret that nothing uses',
  documentation:
    'No pod, workload, ServiceAccount or Ingress names it. Programs may read it through the API, which cannot be seen; a credential that nothing needs should go.',
  severity: 'info',
  silentWhen:
    'It is younger than a day, has an owner, is a token or a Helm release, or its labels say that a program reads it; or not all consumers could be read.',
  kind: 'Secret',
  *check(secret, view) {
    if (!sawAll(view, consumers) || !ordinarySecrets.has(secret.type ?? 'Opaque') || hasReader(secret) || !isOld(secret, view)) return;
    const { namespace, name } = secret.metadata;
    const byAccount = view
      .list('ServiceAccount', namespace)
      .some(({ imagePullSecrets = [], secrets = [] }) => [...imagePullSecrets, ...secrets].some((each) => each.name === name));
    const byIngress = view.list('Ingress', namespace).some(({ spec }) => (spec?.tls ?? []).some(({ secretName }) => secretName === name));
    if (!byAccount && !byIngress && !isUsed(refOf(secret), view)) yield { message: 'No pod, workload, ServiceAccount or Ingress names it.' };
  },
});

export const accountUnused = defineLint({
  code: 'service-account-unused',
  title: 'ServiceAccount that nothing runs as',
  documentation: 'No pod and no workload runs as it. If it has rights, they wait for whoever names it.',
  severity: 'info',
  silentWhen: 'It is `default`, younger than a day or has an owner; programs outside the cluster may log in as it, which the bindings that name it suggest.',
  kind: 'ServiceAccount',
  *check(account, view) {
    const object = refOf(account);
    const isBound = view.incoming(object, 'binds').length > 0;
    if (account.metadata.name === 'default' || !sawAll(view, consumers) || hasReader(account) || isBound || !isOld(account, view)) return;
    if (view.incoming(object, 'runsAs').length === 0) yield { message: 'No pod and no workload runs as it.' };
  },
});

export const claimUnused = defineLint({
  code: 'claim-unused',
  title: 'PersistentVolumeClaim that no pod mounts',
  documentation: 'The volume is kept, and mostly paid for, and nothing uses it. Look at what it holds before it is deleted.',
  severity: 'info',
  silentWhen: 'It belongs to a StatefulSet that is scaled down, is younger than a day, or is still Pending.',
  kind: 'PersistentVolumeClaim',
  *check(claim, view) {
    const { name, namespace } = claim.metadata;
    const ofSet = view
      .list('StatefulSet', namespace)
      .some((set) => (set.spec?.volumeClaimTemplates ?? []).some((template) => name.startsWith(`${template.metadata?.name}-${set.metadata.name}-`)));
    if (claim.status?.phase !== 'Bound' || ofSet || !sawAll(view, consumers) || !isOld(claim, view)) return;
    if (view.incoming(refOf(claim), 'mounts').length === 0)
      yield { message: `No pod and no workload mounts it (${claim.status.capacity?.storage ?? 'unknown size'}).` };
  },
});

export const roleUnused = defineLint({
  code: 'role-unused',
  title: 'Role that nobody is bound to',
  documentation: 'No binding refers to the role, so that it grants nothing to anybody.',
  severity: 'info',
  silentWhen: 'It is shipped with Kubernetes, is a part of an aggregated ClusterRole, is younger than a day, or bindings may not be listed.',
  kind: ['Role', 'ClusterRole'],
  *check(role, view) {
    const labels = Object.keys(role.metadata.labels ?? {});
    const isPart = labels.some((label) => label.startsWith('rbac.authorization.k8s.io/aggregate-to-') || label === 'kubernetes.io/bootstrapping');
    if (isPart || role.metadata.name.startsWith('system:') || hasReader(role) || !sawAll(view, ['RoleBinding', 'ClusterRoleBinding']) || !isOld(role, view))
      return;
    if (view.incoming(refOf(role), 'grants').length === 0) yield { message: 'No binding refers to it.' };
  },
});

export const unusedChecks = [configMapUnused, secretUnused, accountUnused, claimUnused, roleUnused];
