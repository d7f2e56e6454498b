import { ClusterMetrics } from '@quarterdeck/cluster';
import type { MetricsNow } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import type { SeenObject } from './assistant-tool.ts';
import { defineAssistantTool } from './define-tool.ts';

type Numbers = Extract<MetricsNow, { state: 'available' }>;

const inputSchema = z.object({
  of: z.enum(['pods', 'nodes']).default('pods'),
  namespace: z.string().min(1).max(63).optional().describe('Left out: all namespaces. Of nodes it says nothing.'),
  sort: z.enum(['cpu', 'memory']).default('cpu'),
  limit: z.number().int().positive().max(200).default(20),
});

export const top = (cluster: AskedCluster) =>
  defineAssistantTool({
    name: 'top',
    title: 'Top',
    description: 'What pods or nodes use now, beside what they request and may use at most: cpu in cores, memory in bytes. The largest first.',
    permission: 'metric.read',
    effect: 'read',
    input: inputSchema,
    async run(input, signal) {
      const metrics = new ClusterMetrics(cluster.access);
      try {
        const now = await metrics.now({ of: input.of, namespace: input.namespace ?? null }, signal);
        return now.state === 'unavailable' ? { value: now, seen: [] } : largest(now, input);
      } finally {
        metrics.close();
      }
    },
  });

function largest({ source, pods, nodes, cluster, notes }: Numbers, { of, sort, limit }: z.output<typeof inputSchema>) {
  if (of === 'nodes') {
    const shown = nodes.toSorted((a, b) => b[sort] - a[sort]).slice(0, limit);
    return { value: { source, nodes: shown, cluster, total: nodes.length, notes }, seen: shown.map(({ name }) => seenAs('Node', null, name)) };
  }
  const shown = pods.toSorted((a, b) => b[sort] - a[sort]).slice(0, limit);
  return { value: { source, pods: shown, total: pods.length, notes }, seen: shown.map(({ namespace, name }) => seenAs('Pod', namespace, name)) };
}

function seenAs(kind: string, namespace: string | null, name: string): SeenObject {
  return { kind, namespace, name, resourceVersion: null };
}
