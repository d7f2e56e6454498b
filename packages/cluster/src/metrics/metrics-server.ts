import { AppError, type MetricsUnavailable, parseQuantity, toAppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';

export const metricsGroup = '/apis/metrics.k8s.io/v1beta1';

const usageSchema = z.object({ cpu: z.string(), memory: z.string() });
const metadataSchema = z.object({ name: z.string(), namespace: z.string().default('') });
const podSchema = z.object({
  metadata: metadataSchema,
  timestamp: z.string(),
  window: z.string().default('0s'),
  containers: z.array(z.object({ name: z.string(), usage: usageSchema })),
});
const nodeSchema = z.object({ metadata: metadataSchema, timestamp: z.string(), window: z.string().default('0s'), usage: usageSchema });

interface Measurement {
  name: string;
  namespace: string;
  measuredAt: string;
  windowSeconds: number;
}

/** Cores and bytes. */
export interface PodMeasurement extends Measurement {
  containers: { name: string; cpu: number; memory: number }[];
}
export interface NodeMeasurement extends Measurement {
  cpu: number;
  memory: number;
}

/** What metrics-server (or another implementation of metrics.k8s.io) measured last of the pods. Throws what the API says. */
export async function readPodMetrics(
  access: ClusterAccess,
  namespace: string | null,
  labelSelector: string | undefined,
  signal: AbortSignal,
): Promise<PodMeasurement[]> {
  const path = namespace === null ? `${metricsGroup}/pods` : `${metricsGroup}/namespaces/${encodeURIComponent(namespace)}/pods`;
  const items = await readItems(access, path, 'pods', namespace, labelSelector, signal);
  return items.flatMap((item) => {
    const pod = podSchema.safeParse(item);
    if (!pod.success) return [];
    const containers = pod.data.containers.map(({ name, usage }) => ({ name, ...amounts(usage) }));
    return [{ ...measurement(pod.data), containers }];
  });
}

/** As `readPodMetrics`, of the nodes. */
export async function readNodeMetrics(access: ClusterAccess, labelSelector: string | undefined, signal: AbortSignal): Promise<NodeMeasurement[]> {
  const items = await readItems(access, `${metricsGroup}/nodes`, 'nodes', null, labelSelector, signal);
  return items.flatMap((item) => {
    const node = nodeSchema.safeParse(item);
    return node.success ? [{ ...measurement(node.data), ...amounts(node.data.usage) }] : [];
  });
}

async function readItems(
  access: ClusterAccess,
  path: string,
  resource: string,
  namespace: string | null,
  labelSelector: string | undefined,
  signal: AbortSignal,
): Promise<unknown[]> {
  const query = labelSelector === undefined ? {} : { labelSelector };
  const raw = await apiOf(access).json({ path, query, subject: { verb: 'list', resource: `${resource}.metrics.k8s.io`, namespace }, signal });
  const list = z.object({ items: z.array(z.unknown()) }).safeParse(raw);
  if (list.success) return list.data.items;
  throw new AppError('CLUSTER_ERROR', 'The answer of metrics.k8s.io is not a list.', { cause: list.error });
}

function measurement({ metadata, timestamp, window }: z.output<typeof podSchema> | z.output<typeof nodeSchema>): Measurement {
  return { name: metadata.name, namespace: metadata.namespace, measuredAt: timestamp, windowSeconds: seconds(window) };
}

function amounts({ cpu, memory }: z.output<typeof usageSchema>): { cpu: number; memory: number } {
  return { cpu: parseQuantity(cpu) ?? 0, memory: parseQuantity(memory) ?? 0 };
}

/** A duration as Go writes it: `10.002s`, `1m0s`. */
function seconds(duration: string): number {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  return [...duration.matchAll(/([\d.]+)(ms|h|m|s)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
}

/** Why metrics-server gives no numbers, for an error of its API. Throws where the call was cancelled. */
export function whyNoMetrics(thrown: unknown, signal: AbortSignal): MetricsUnavailable {
  const error = toAppError(thrown);
  if (signal.aborted) throw error;
  const told = (reason: string, remedy: string): MetricsUnavailable => ({ state: 'unavailable', reason, remedy });
  if (error.code === 'READ_ONLY') return told('A recording has no numbers.', 'Look at the cluster itself.');
  if (error.code === 'NOT_FOUND') {
    return told(
      'metrics-server is not installed: the cluster does not serve metrics.k8s.io.',
      'Install metrics-server (github.com/kubernetes-sigs/metrics-server), or Prometheus.',
    );
  }
  if (error.code === 'FORBIDDEN') {
    return told(error.message, 'Ask for a role with the verbs get and list on pods and nodes of the API group metrics.k8s.io.');
  }
  if (error.details.status === 503) {
    return told(
      'metrics-server is registered and does not answer.',
      'Look at the APIService v1beta1.metrics.k8s.io and at the pods of metrics-server in kube-system.',
    );
  }
  return told(`metrics-server gives no numbers: ${error.message}`, error.hint ?? 'Look at the pods of metrics-server in kube-system.');
}
