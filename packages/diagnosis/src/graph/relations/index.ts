import type { BuiltInKind } from '@quarterdeck/contract';
import type { RelationFamily } from '../relation-family.ts';
import { callRelations } from './call-relations.ts';
import { customRelations } from './custom-relations.ts';
import { envRelations } from './env-relations.ts';
import { gatewayRelations } from './gateway-relations.ts';
import { ownerRelations } from './owner-relations.ts';
import { podRelations } from './pod-relations.ts';
import { changeRelations, namespaceRelations, policyRelations, roleRelations } from './policy-relations.ts';
import { routeRelations } from './route-relations.ts';
import { selectorRelations } from './selector-relations.ts';
import { storageRelations } from './storage-relations.ts';
import { volumeRelations } from './volume-relations.ts';

/** Every family of relations, one a line. */
export const relationFamilies: readonly RelationFamily[] = [
  ownerRelations,
  namespaceRelations,
  selectorRelations,
  volumeRelations,
  envRelations,
  podRelations,
  storageRelations,
  routeRelations,
  gatewayRelations,
  policyRelations,
  roleRelations,
  changeRelations,
  callRelations,
  customRelations,
];

/** The kinds that relations are drawn between; without one of them its edges are missing, never wrong. */
export const relationKinds: readonly BuiltInKind[] = [
  'Pod',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ControllerRevision',
  'Job',
  'CronJob',
  'Service',
  'Ingress',
  'IngressClass',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'HorizontalPodAutoscaler',
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'PriorityClass',
  'ResourceQuota',
  'LimitRange',
  'Node',
  'Namespace',
  'Event',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'CustomResourceDefinition',
];
