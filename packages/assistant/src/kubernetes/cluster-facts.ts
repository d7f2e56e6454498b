import { type BuiltInKind, builtInKinds, type KindTypes, toAppError } from '@quarterdeck/contract';
import type { ClusterView } from '@quarterdeck/diagnosis';
import { stateOf } from '../tools/related.ts';
import type { AskedCluster } from './asked-cluster.ts';

export const providers = ['eks', 'gke', 'aks', 'kind', 'minikube', 'unknown'] as const;

/** The cluster as a whole. */
export interface ClusterFacts {
  name: string;
  /** `v1.35.0`; null where it could not be read. */
  version: string | null;
  provider: (typeof providers)[number];
  /** Null where nodes may not be listed. */
  nodeCount: number | null;
}

export async function readClusterFacts({ id, access }: AskedCluster, view: ClusterView, signal: AbortSignal): Promise<ClusterFacts> {
  const nodes = view.list('Node');
  const version = await access.version(signal).catch((thrown: unknown) => {
    if (toAppError(thrown).code === 'CANCELLED') throw thrown;
    return null;
  });
  return { name: id, version: version?.gitVersion ?? null, provider: providerOf(nodes), nodeCount: view.coverage('Node') === 'read' ? nodes.length : null };
}

/** Told by what providers write on nodes. */
function providerOf(nodes: readonly KindTypes['Node'][]): ClusterFacts['provider'] {
  const [node] = nodes;
  const labels = Object.keys(node?.metadata.labels ?? {});
  const id = node?.spec?.providerID ?? '';
  if (labels.some((label) => label.startsWith('minikube.k8s.io/'))) return 'minikube';
  if (id.startsWith('aws://') || labels.some((label) => label.startsWith('eks.amazonaws.com/'))) return 'eks';
  if (id.startsWith('gce://')) return 'gke';
  if (id.startsWith('azure://')) return 'aks';
  return id.startsWith('kind://') ? 'kind' : 'unknown';
}

/** What there is in a namespace. */
export interface NamespaceFacts {
  name: string;
  /** By kind; a kind that could not be read is not named. */
  resourceCounts: Partial<Record<BuiltInKind, number>>;
  /** Workloads and pods that are not well: `Deployment web: 1/3 ready`; the first of them. */
  unwell: string[];
  unwellCount: number;
}

const counted = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Service',
  'Ingress',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
] as const;
const looked = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'PersistentVolumeClaim', 'Pod'] as const;
const fine = /^(?:Running|Completed|Complete|Succeeded|Bound|Scheduled|(\d+)\/\1 ready)$/;
const mostUnwell = 20;

export function namespaceFacts(view: ClusterView, name: string): NamespaceFacts {
  const read = counted.filter((kind) => view.coverage(kind) === 'read');
  const resourceCounts = Object.fromEntries(read.map((kind) => [kind, view.list(kind, name).length]));
  const unwell = looked.flatMap((kind) =>
    view.list(kind, name).flatMap(({ metadata }) => {
      const state = stateOf(view, { apiVersion: builtInKinds[kind].apiVersion, kind, namespace: name, name: metadata.name });
      return state === null || fine.test(state) ? [] : [`${kind} ${metadata.name}: ${state}`];
    }),
  );
  return { name, resourceCounts, unwell: unwell.slice(0, mostUnwell), unwellCount: unwell.length };
}
