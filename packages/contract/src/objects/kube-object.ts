import type * as admission from 'kubernetes-types/admissionregistration/v1.js';
import type * as apiextensions from 'kubernetes-types/apiextensions/v1.js';
import type * as apps from 'kubernetes-types/apps/v1.js';
import type * as autoscaling from 'kubernetes-types/autoscaling/v2.js';
import type * as batch from 'kubernetes-types/batch/v1.js';
import type * as certificates from 'kubernetes-types/certificates/v1.js';
import type * as core from 'kubernetes-types/core/v1.js';
import type * as discovery from 'kubernetes-types/discovery/v1.js';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';
import type * as networking from 'kubernetes-types/networking/v1.js';
import type * as node from 'kubernetes-types/node/v1.js';
import type * as policy from 'kubernetes-types/policy/v1.js';
import type * as rbac from 'kubernetes-types/rbac/v1.js';
import type * as scheduling from 'kubernetes-types/scheduling/v1.js';
import type * as storage from 'kubernetes-types/storage/v1.js';
import type { ApiService } from './api-service.ts';
import { groupOf, type ObjectRef } from './object-ref.ts';

/** What every object is known to have once it passed the border; the rest is as optional as Kubernetes says. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta & { name: string };
}

/** The built-in kinds with their Kubernetes types, so that a kind's name is enough to read an object typed. */
export interface KindTypes {
  Pod: core.Pod & KubeObject;
  Node: core.Node & KubeObject;
  Namespace: core.Namespace & KubeObject;
  Service: core.Service & KubeObject;
  ConfigMap: core.ConfigMap & KubeObject;
  Secret: core.Secret & KubeObject;
  ServiceAccount: core.ServiceAccount & KubeObject;
  PersistentVolume: core.PersistentVolume & KubeObject;
  PersistentVolumeClaim: core.PersistentVolumeClaim & KubeObject;
  ResourceQuota: core.ResourceQuota & KubeObject;
  LimitRange: core.LimitRange & KubeObject;
  Event: core.Event & KubeObject;
  Deployment: apps.Deployment & KubeObject;
  ReplicaSet: apps.ReplicaSet & KubeObject;
  StatefulSet: apps.StatefulSet & KubeObject;
  DaemonSet: apps.DaemonSet & KubeObject;
  /** The template of one revision of a StatefulSet or DaemonSet. */
  ControllerRevision: apps.ControllerRevision & KubeObject;
  Job: batch.Job & KubeObject;
  CronJob: batch.CronJob & KubeObject;
  EndpointSlice: discovery.EndpointSlice & KubeObject;
  Ingress: networking.Ingress & KubeObject;
  IngressClass: networking.IngressClass & KubeObject;
  NetworkPolicy: networking.NetworkPolicy & KubeObject;
  StorageClass: storage.StorageClass & KubeObject;
  CSIDriver: storage.CSIDriver & KubeObject;
  VolumeAttachment: storage.VolumeAttachment & KubeObject;
  PodDisruptionBudget: policy.PodDisruptionBudget & KubeObject;
  HorizontalPodAutoscaler: autoscaling.HorizontalPodAutoscaler & KubeObject;
  PriorityClass: scheduling.PriorityClass & KubeObject;
  Role: rbac.Role & KubeObject;
  ClusterRole: rbac.ClusterRole & KubeObject;
  RoleBinding: rbac.RoleBinding & KubeObject;
  ClusterRoleBinding: rbac.ClusterRoleBinding & KubeObject;
  ValidatingWebhookConfiguration: admission.ValidatingWebhookConfiguration & KubeObject;
  MutatingWebhookConfiguration: admission.MutatingWebhookConfiguration & KubeObject;
  ValidatingAdmissionPolicy: admission.ValidatingAdmissionPolicy & KubeObject;
  ValidatingAdmissionPolicyBinding: admission.ValidatingAdmissionPolicyBinding & KubeObject;
  APIService: ApiService & KubeObject;
  CertificateSigningRequest: certificates.CertificateSigningRequest & KubeObject;
  RuntimeClass: node.RuntimeClass & KubeObject;
  /** As lists give it: without the schemas of its versions. */
  CustomResourceDefinition: apiextensions.CustomResourceDefinition & KubeObject;
}

export type BuiltInKind = keyof KindTypes;

/** API group and version that we ask for, and whether the kind lives in a namespace. */
export const builtInKinds: Record<BuiltInKind, { apiVersion: string; namespaced: boolean }> = {
  Pod: { apiVersion: 'v1', namespaced: true },
  Node: { apiVersion: 'v1', namespaced: false },
  Namespace: { apiVersion: 'v1', namespaced: false },
  Service: { apiVersion: 'v1', namespaced: true },
  ConfigMap: { apiVersion: 'v1', namespaced: true },
  Secret: { apiVersion: 'v1', namespaced: true },
  ServiceAccount: { apiVersion: 'v1', namespaced: true },
  PersistentVolume: { apiVersion: 'v1', namespaced: false },
  PersistentVolumeClaim: { apiVersion: 'v1', namespaced: true },
  ResourceQuota: { apiVersion: 'v1', namespaced: true },
  LimitRange: { apiVersion: 'v1', namespaced: true },
  Event: { apiVersion: 'v1', namespaced: true },
  Deployment: { apiVersion: 'apps/v1', namespaced: true },
  ReplicaSet: { apiVersion: 'apps/v1', namespaced: true },
  StatefulSet: { apiVersion: 'apps/v1', namespaced: true },
  DaemonSet: { apiVersion: 'apps/v1', namespaced: true },
  ControllerRevision: { apiVersion: 'apps/v1', namespaced: true },
  Job: { apiVersion: 'batch/v1', namespaced: true },
  CronJob: { apiVersion: 'batch/v1', namespaced: true },
  EndpointSlice: { apiVersion: 'discovery.k8s.io/v1', namespaced: true },
  Ingress: { apiVersion: 'networking.k8s.io/v1', namespaced: true },
  IngressClass: { apiVersion: 'networking.k8s.io/v1', namespaced: false },
  NetworkPolicy: { apiVersion: 'networking.k8s.io/v1', namespaced: true },
  StorageClass: { apiVersion: 'storage.k8s.io/v1', namespaced: false },
  CSIDriver: { apiVersion: 'storage.k8s.io/v1', namespaced: false },
  VolumeAttachment: { apiVersion: 'storage.k8s.io/v1', namespaced: false },
  PodDisruptionBudget: { apiVersion: 'policy/v1', namespaced: true },
  HorizontalPodAutoscaler: { apiVersion: 'autoscaling/v2', namespaced: true },
  PriorityClass: { apiVersion: 'scheduling.k8s.io/v1', namespaced: false },
  Role: { apiVersion: 'rbac.authorization.k8s.io/v1', namespaced: true },
  ClusterRole: { apiVersion: 'rbac.authorization.k8s.io/v1', namespaced: false },
  RoleBinding: { apiVersion: 'rbac.authorization.k8s.io/v1', namespaced: true },
  ClusterRoleBinding: { apiVersion: 'rbac.authorization.k8s.io/v1', namespaced: false },
  ValidatingWebhookConfiguration: { apiVersion: 'admissionregistration.k8s.io/v1', namespaced: false },
  MutatingWebhookConfiguration: { apiVersion: 'admissionregistration.k8s.io/v1', namespaced: false },
  ValidatingAdmissionPolicy: { apiVersion: 'admissionregistration.k8s.io/v1', namespaced: false },
  ValidatingAdmissionPolicyBinding: { apiVersion: 'admissionregistration.k8s.io/v1', namespaced: false },
  APIService: { apiVersion: 'apiregistration.k8s.io/v1', namespaced: false },
  CertificateSigningRequest: { apiVersion: 'certificates.k8s.io/v1', namespaced: false },
  RuntimeClass: { apiVersion: 'node.k8s.io/v1', namespaced: false },
  CustomResourceDefinition: { apiVersion: 'apiextensions.k8s.io/v1', namespaced: false },
};

/** Whether an object is of a built-in kind (group and kind agree; the version may differ). */
export function isKind<K extends BuiltInKind>(object: KubeObject, kind: K): object is KindTypes[K] & KubeObject {
  return object.kind === kind && groupOf(object.apiVersion) === groupOf(builtInKinds[kind].apiVersion);
}

export function refOf(object: KubeObject): ObjectRef {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    namespace: object.metadata.namespace ?? null,
    name: object.metadata.name,
  };
}

/** A reference to an object of a built-in kind, which may not exist. */
export function refTo(kind: BuiltInKind, namespace: string | null, name: string): ObjectRef {
  const { apiVersion, namespaced } = builtInKinds[kind];
  return { apiVersion, kind, namespace: namespaced ? namespace : null, name };
}
