import type { KubeObject } from '../objects/kube-object.ts';
import { groupOf } from '../objects/object-ref.ts';
import { configMap } from './config-map.ts';
import { cronJob } from './cron-job.ts';
import { daemonSet } from './daemon-set.ts';
import { deployment } from './deployment.ts';
import { endpointSlice } from './endpoint-slice.ts';
import { event } from './event.ts';
import { genericDescriptor } from './generic.ts';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { ingress } from './ingress.ts';
import { ingressClass } from './ingress-class.ts';
import { job } from './job.ts';
import type { KindDescriptor } from './kind-descriptor.ts';
import { limitRange } from './limit-range.ts';
import { namespace } from './namespace.ts';
import { networkPolicy } from './network-policy.ts';
import { node } from './node.ts';
import { persistentVolume } from './persistent-volume.ts';
import { persistentVolumeClaim } from './persistent-volume-claim.ts';
import { pod } from './pod.ts';
import { podDisruptionBudget } from './pod-disruption-budget.ts';
import { replicaSet } from './replica-set.ts';
import { resourceQuota } from './resource-quota.ts';
import { secret } from './secret.ts';
import { service } from './service.ts';
import { serviceAccount } from './service-account.ts';
import { statefulSet } from './stateful-set.ts';
import { storageClass } from './storage-class.ts';

/** Every kind with a descriptor of its own. A new kind is a file beside this one and a line here. */
export const kindDescriptors: readonly KindDescriptor<KubeObject>[] = [
  pod,
  deployment,
  statefulSet,
  daemonSet,
  replicaSet,
  job,
  cronJob,
  horizontalPodAutoscaler,
  podDisruptionBudget,
  service,
  endpointSlice,
  ingress,
  ingressClass,
  networkPolicy,
  configMap,
  secret,
  resourceQuota,
  limitRange,
  persistentVolumeClaim,
  persistentVolume,
  storageClass,
  serviceAccount,
  node,
  namespace,
  event,
];

const byKey = new Map(kindDescriptors.map((descriptor) => [`${descriptor.group}|${descriptor.kind}`, descriptor]));

/** The descriptor of a kind, whatever the version; a kind without one gets a generic one. */
export function descriptorFor(apiVersion: string, kind: string): KindDescriptor<KubeObject> {
  return byKey.get(`${groupOf(apiVersion)}|${kind}`) ?? genericDescriptor(apiVersion, kind);
}
