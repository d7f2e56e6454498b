import { groupOf } from '@quarterdeck/contract';
import type { Path } from './schema-walk.ts';
import { isRecord } from './yaml-documents.ts';

/** Fields that the API server never lets change, by `group/Kind`; from the validation of Kubernetes 1.35. */
const byKind: Readonly<Record<string, readonly Path[]>> = {
  'apps/Deployment': [['spec', 'selector']],
  'apps/ReplicaSet': [['spec', 'selector']],
  'apps/DaemonSet': [['spec', 'selector']],
  'apps/StatefulSet': [
    ['spec', 'selector'],
    ['spec', 'serviceName'],
    ['spec', 'podManagementPolicy'],
    ['spec', 'volumeClaimTemplates'],
  ],
  'batch/Job': [
    ['spec', 'selector'],
    ['spec', 'completionMode'],
    ['spec', 'podFailurePolicy'],
    ['spec', 'backoffLimitPerIndex'],
  ],
  '/Secret': [['type']],
  '/PersistentVolumeClaim': [
    ['spec', 'accessModes'],
    ['spec', 'selector'],
    ['spec', 'volumeMode'],
    ['spec', 'dataSource'],
    ['spec', 'dataSourceRef'],
  ],
  'storage.k8s.io/StorageClass': [['provisioner'], ['parameters'], ['reclaimPolicy'], ['volumeBindingMode']],
  'rbac.authorization.k8s.io/RoleBinding': [['roleRef']],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [['roleRef']],
};
const always: readonly Path[] = [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']];

/** The fields of the object as it is that can't be changed and were. */
export function changedForGood(base: Record<string, unknown>, edited: Record<string, unknown>): Path[] {
  const { apiVersion, kind } = base;
  const own = typeof apiVersion === 'string' && typeof kind === 'string' ? (byKind[`${groupOf(apiVersion)}/${kind}`] ?? []) : [];
  const sealed = base.immutable === true ? [['data'], ['binaryData'], ['immutable']] : [];
  return [...always, ...own, ...sealed].filter((path) => {
    const before = valueAt(base, path);
    return before !== undefined && JSON.stringify(before) !== JSON.stringify(valueAt(edited, path));
  });
}

export function valueAt(object: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, segment) => {
    if (Array.isArray(value)) return typeof segment === 'number' ? value[segment] : undefined;
    return isRecord(value) ? value[segment] : undefined;
  }, object);
}
