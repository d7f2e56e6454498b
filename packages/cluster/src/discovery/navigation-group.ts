import type { ResourceKind } from '@quarterdeck/contract';

type NavigationGroup = ResourceKind['group'];

/** Where navigation lists the kinds of an API group of Kubernetes itself; every other group is `custom`. */
const byApiGroup: Readonly<Record<string, NavigationGroup>> = {
  '': 'cluster',
  apps: 'workloads',
  batch: 'workloads',
  autoscaling: 'workloads',
  policy: 'workloads',
  'networking.k8s.io': 'network',
  'discovery.k8s.io': 'network',
  'gateway.networking.k8s.io': 'network',
  'storage.k8s.io': 'storage',
  'snapshot.storage.k8s.io': 'storage',
  'rbac.authorization.k8s.io': 'access',
  'authentication.k8s.io': 'access',
  'authorization.k8s.io': 'access',
  'certificates.k8s.io': 'access',
  'admissionregistration.k8s.io': 'cluster',
  'apiextensions.k8s.io': 'cluster',
  'apiregistration.k8s.io': 'cluster',
  'coordination.k8s.io': 'cluster',
  'events.k8s.io': 'cluster',
  'flowcontrol.apiserver.k8s.io': 'cluster',
  'internal.apiserver.k8s.io': 'cluster',
  'metrics.k8s.io': 'cluster',
  'node.k8s.io': 'cluster',
  'resource.k8s.io': 'cluster',
  'scheduling.k8s.io': 'cluster',
  'storagemigration.k8s.io': 'cluster',
};

/** The core group holds kinds of every sort. */
const coreKinds: Readonly<Record<string, NavigationGroup>> = {
  Pod: 'workloads',
  PodTemplate: 'workloads',
  ReplicationController: 'workloads',
  Service: 'network',
  Endpoints: 'network',
  ConfigMap: 'config',
  Secret: 'config',
  ResourceQuota: 'config',
  LimitRange: 'config',
  PersistentVolume: 'storage',
  PersistentVolumeClaim: 'storage',
  ServiceAccount: 'access',
};

export function navigationGroup(apiGroup: string, kind: string): NavigationGroup {
  if (apiGroup === '') return coreKinds[kind] ?? 'cluster';
  return byApiGroup[apiGroup] ?? 'custom';
}
