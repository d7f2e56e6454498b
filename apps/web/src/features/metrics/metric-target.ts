import { isKind, type KubeObject, type MetricTarget, parseQuantity, workloadKinds } from '@quarterdeck/contract';
import type { ChartLine } from './time-chart.tsx';

/** Pure. What is measured of an object; null where nothing is. */
export function metricTargetOf({ kind, metadata: { name, namespace } }: Pick<KubeObject, 'kind' | 'metadata'>): MetricTarget | null {
  if (kind === 'Node') return { kind: 'node', name };
  if (kind === 'Namespace') return { kind: 'namespace', namespace: name };
  if (namespace === undefined) return null;
  if (kind === 'Pod') return { kind: 'pod', namespace, name };
  if (kind === 'PersistentVolumeClaim') return { kind: 'claim', namespace, name };
  const workloadKind = workloadKinds.find((each) => each === kind);
  return workloadKind === undefined ? null : { kind: 'workload', namespace, workloadKind, name };
}

export interface Bounds {
  request: number | null;
  limit: number | null;
}

interface Containers {
  containers: readonly {
    resources?: { requests?: Readonly<Record<string, string>> | undefined; limits?: Readonly<Record<string, string>> | undefined } | undefined;
  }[];
}

/** Pure. What all containers ask for and may have together; no limit where one of them has none. */
export function boundsOf({ containers }: Containers, resource: string, times: number): Bounds {
  const requests = containers.map(({ resources }) => parseQuantity(resources?.requests?.[resource]));
  const limits = containers.map(({ resources }) => parseQuantity(resources?.limits?.[resource]));
  const sum = (values: readonly (number | null)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0) * times;
  return {
    request: requests.some((value) => value !== null) ? sum(requests) : null,
    limit: limits.length > 0 && limits.every((value) => value !== null) ? sum(limits) : null,
  };
}

/** Pure. What an object's use of a resource is held against. */
export function boundsFor(object: KubeObject, resource: 'cpu' | 'memory' | 'storage'): Bounds {
  const none: Bounds = { request: null, limit: null };
  if (isKind(object, 'Node')) return { request: null, limit: resource === 'storage' ? null : parseQuantity(object.status?.allocatable?.[resource]) };
  if (isKind(object, 'PersistentVolumeClaim')) return { request: null, limit: resource === 'storage' ? parseQuantity(object.status?.capacity?.storage) : null };
  if (resource === 'storage') return none;
  if (isKind(object, 'Pod')) return object.spec === undefined ? none : boundsOf(object.spec, resource, 1);
  if (isKind(object, 'DaemonSet')) return ofTemplate(object.spec?.template.spec, resource, object.status?.desiredNumberScheduled ?? 0);
  if (isKind(object, 'Deployment') || isKind(object, 'StatefulSet') || isKind(object, 'ReplicaSet')) {
    return ofTemplate(object.spec?.template?.spec, resource, object.spec?.replicas ?? 1);
  }
  return none;
}

function ofTemplate(spec: Containers | undefined, resource: string, times: number): Bounds {
  return spec === undefined ? { request: null, limit: null } : boundsOf(spec, resource, times);
}

/** Pure. The bounds as lines of a chart. */
export function boundLines({ request, limit }: Bounds, labels: { request: string; limit: string }): ChartLine[] {
  return [
    ...(request === null ? [] : [{ label: labels.request, value: request, colour: 'pending' as const }]),
    ...(limit === null ? [] : [{ label: labels.limit, value: limit, colour: 'critical' as const }]),
  ];
}
