import type { ResourceKind } from '@quarterdeck/contract';
import { kindName, pluralLabel } from '../objects/object-key.ts';

export interface NavigationGroup {
  id: ResourceKind['group'];
  label: string;
  kinds: readonly ResourceKind[];
}

const labels: Record<ResourceKind['group'], string> = {
  workloads: 'Workloads',
  network: 'Network',
  config: 'Config',
  storage: 'Storage',
  cluster: 'Cluster',
  access: 'Access',
  custom: 'Custom',
};

const order: readonly ResourceKind['group'][] = ['workloads', 'network', 'config', 'storage', 'cluster', 'access', 'custom'];

/** What people look for first; the rest of a group follows by name. */
const first: readonly string[] = [
  'Pod',
  'Deployment.apps',
  'StatefulSet.apps',
  'DaemonSet.apps',
  'Job.batch',
  'CronJob.batch',
  'ReplicaSet.apps',
  'Service',
  'Ingress.networking.k8s.io',
  'NetworkPolicy.networking.k8s.io',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass.storage.k8s.io',
  'Namespace',
];

/** Kinds that stand in the navigation by themselves. */
export const standalone: readonly string[] = ['Node', 'Event'];

/** The kinds that the cluster serves, as the navigation lists them; groups without kinds are left out. */
export function navigationGroups(kinds: readonly ResourceKind[]): NavigationGroup[] {
  const grouped = kinds.filter((kind) => !standalone.includes(kindName(kind)));
  return order
    .map((id) => ({ id, label: labels[id], kinds: grouped.filter((kind) => kind.group === id).toSorted(byRank) }))
    .filter((group) => group.kinds.length > 0);
}

function byRank(a: ResourceKind, b: ResourceKind): number {
  return rank(a) - rank(b) || pluralLabel(a).localeCompare(pluralLabel(b));
}

function rank(kind: ResourceKind): number {
  const index = first.indexOf(kindName(kind));
  return index < 0 ? first.length : index;
}
