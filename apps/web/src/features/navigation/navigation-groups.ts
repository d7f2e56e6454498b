import type { ResourceKind } from '@quarterdeck/contract';
import { kindName, pluralLabel } from '../objects/object-key.ts';

export interface NavigationGroup {
  id: ResourceKind['group'];
  kinds: readonly ResourceKind[];
  /** What few people look at; shown on request. */
  rest: readonly ResourceKind[];
}

const order: readonly ResourceKind['group'][] = ['workloads', 'network', 'config', 'storage', 'cluster', 'access', 'custom'];

/** What people look for, in this order. Custom kinds are all somebody's own; the rest of the built-in ones is machinery. */
const first: readonly string[] = [
  'Pod',
  'Deployment.apps',
  'StatefulSet.apps',
  'DaemonSet.apps',
  'Job.batch',
  'CronJob.batch',
  'ReplicaSet.apps',
  'HorizontalPodAutoscaler.autoscaling',
  'PodDisruptionBudget.policy',
  'Service',
  'Ingress.networking.k8s.io',
  'IngressClass.networking.k8s.io',
  'Gateway.gateway.networking.k8s.io',
  'HTTPRoute.gateway.networking.k8s.io',
  'NetworkPolicy.networking.k8s.io',
  'ConfigMap',
  'Secret',
  'ResourceQuota',
  'LimitRange',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass.storage.k8s.io',
  'Namespace',
  'CustomResourceDefinition.apiextensions.k8s.io',
  'ServiceAccount',
  'Role.rbac.authorization.k8s.io',
  'RoleBinding.rbac.authorization.k8s.io',
  'ClusterRole.rbac.authorization.k8s.io',
  'ClusterRoleBinding.rbac.authorization.k8s.io',
];

/** Kinds that stand in the navigation by themselves. */
export const standalone: readonly string[] = ['Node'];

/** Kinds that have a page of their own. */
const paged: readonly string[] = ['Event'];

/** The kinds that the cluster serves, as the navigation lists them; groups without kinds are left out. */
export function navigationGroups(kinds: readonly ResourceKind[]): NavigationGroup[] {
  const grouped = kinds.filter((kind) => !standalone.includes(kindName(kind)) && !paged.includes(kindName(kind)));
  return order.map((id) => ({ id, ...divided(grouped.filter((kind) => kind.group === id).toSorted(byRank)) })).filter((group) => group.kinds.length > 0);
}

/** A group of which nothing is looked for often is shown whole. */
function divided(kinds: readonly ResourceKind[]): Pick<NavigationGroup, 'kinds' | 'rest'> {
  const shown = kinds.filter((kind) => kind.group === 'custom' || rank(kind) < first.length);
  return shown.length === 0 ? { kinds, rest: [] } : { kinds: shown, rest: kinds.filter((kind) => !shown.includes(kind)) };
}

function byRank(a: ResourceKind, b: ResourceKind): number {
  return rank(a) - rank(b) || pluralLabel(a).localeCompare(pluralLabel(b));
}

function rank(kind: ResourceKind): number {
  const index = first.indexOf(kindName(kind));
  return index < 0 ? first.length : index;
}
