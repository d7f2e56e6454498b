import { type Change, groupOf } from '@quarterdeck/contract';

/** What others need comes before them, as Helm installs (pkg/release/v1/util/kind_sorter.go); kinds that are not named stand before webhooks. */
const order: readonly string[] = [
  '/Namespace',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'scheduling.k8s.io/PriorityClass',
  'networking.k8s.io/NetworkPolicy',
  '/ResourceQuota',
  '/LimitRange',
  '/ServiceAccount',
  '/Secret',
  '/ConfigMap',
  'storage.k8s.io/StorageClass',
  '/PersistentVolume',
  '/PersistentVolumeClaim',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'rbac.authorization.k8s.io/Role',
  'rbac.authorization.k8s.io/RoleBinding',
  '/Service',
  'policy/PodDisruptionBudget',
  'apps/DaemonSet',
  '/Pod',
  'apps/ReplicaSet',
  'apps/Deployment',
  'apps/StatefulSet',
  'autoscaling/HorizontalPodAutoscaler',
  'batch/Job',
  'batch/CronJob',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/Ingress',
];
const last: readonly string[] = [
  'apiregistration.k8s.io/APIService',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
];

/** The changes in an order in which each finds what it needs; among equals, as they were given. Pure. */
export function applyOrder(changes: readonly Change[]): Change[] {
  return changes.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ target: { apiVersion, kind } }: Change): number {
  const name = `${groupOf(apiVersion)}/${kind}`;
  const early = order.indexOf(name);
  if (early >= 0) return early;
  const late = last.indexOf(name);
  return late < 0 ? order.length : order.length + 1 + late;
}
