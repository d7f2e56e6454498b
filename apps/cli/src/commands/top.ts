import { AppError, type MetricsNow, type NodeUsage, type PodUsage } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { printable } from '../output/printable.ts';
import { structured } from '../output/structured.ts';
import { textTable } from '../output/text-table.ts';

const words = { pods: 'pods', pod: 'pods', po: 'pods', nodes: 'nodes', node: 'nodes', no: 'nodes' } as const;

const input = z.object({
  ...clusterInput,
  what: z.enum(['pods', 'pod', 'po', 'nodes', 'node', 'no']),
  name: z.string().min(1).optional(),
  namespace: z.string().min(1).optional(),
  allNamespaces: z.boolean().default(false),
  selector: z.string().min(1).optional(),
  containers: z.boolean().default(false),
  sortBy: z.enum(['cpu', 'memory']).optional(),
  limit: z.coerce.number('must be a number').int().positive().optional(),
  sum: z.boolean().default(false),
  noHeaders: z.boolean().default(false),
  output: z.enum(['json', 'yaml']).optional(),
});
type Input = z.output<typeof input>;
type Available = Extract<MetricsNow, { state: 'available' }>;

export const top = defineCommand({
  name: 'top',
  summary: 'Show how much CPU and memory pods or nodes use',
  description: 'The numbers are those of metrics-server. Where there are none, it says why and what to do.',
  input,
  arguments: { what: 'pods or nodes', name: 'Only this one' },
  options: {
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    allNamespaces: { short: 'A', description: 'In all namespaces' },
    selector: { short: 'l', value: 'labels', description: 'Only those with these labels, e.g. app=web' },
    containers: { description: 'Each container on a line of its own' },
    sortBy: { value: 'cpu|memory', description: 'The largest first' },
    limit: { value: 'number', description: 'Only so many lines' },
    sum: { description: 'Add a line with the sum' },
    noHeaders: { description: 'Without the line of headings' },
    output: { short: 'o', value: 'json|yaml', description: 'Print it in this form, with requests, limits and capacities' },
    ...clusterOptions,
  },
  examples: [
    ['top nodes', 'how full the nodes are'],
    ['top pods -A --sort-by memory', 'the largest pods of the cluster'],
    ['top pods -l app=web --containers', 'container by container'],
  ],
  async run(typed, context) {
    const [{ ClusterMetrics }, { defaultNamespace }] = await Promise.all([import('@quarterdeck/cluster'), import('../cluster/default-namespace.ts')]);
    const of = words[typed.what];
    const namespace = of === 'nodes' || typed.allNamespaces ? null : (typed.namespace ?? (await defaultNamespace(typed)));
    const access = await context.openAccess(typed);
    const metrics = new ClusterMetrics(access);
    try {
      const now = await metrics.now({ of, namespace, ...(typed.selector === undefined ? {} : { labelSelector: typed.selector }) }, context.signal);
      if (now.state === 'unavailable') throw new AppError('UNSUPPORTED', now.reason, { hint: now.remedy });
      for (const note of now.notes) context.err.write(`${printable(note)}\n`);
      const { pods, nodes } = { pods: chosen(now.pods, typed), nodes: chosen(now.nodes, typed) };
      if (pods.length + nodes.length === 0) throw nothing(typed, namespace);
      if (typed.output !== undefined) context.out.write(structured(of === 'pods' ? pods : nodes, typed.output));
      else context.out.write(of === 'pods' ? podTable(pods, typed) : nodeTable(nodes, typed));
      return 0;
    } finally {
      metrics.close();
      await access.close();
    }
  },
});

function chosen<T extends Available['pods'][number] | NodeUsage>(all: readonly T[], { name, sortBy, limit }: Input): T[] {
  const wanted = all.filter((each) => name === undefined || each.name === name);
  const key = (each: T) => ('namespace' in each ? `${each.namespace}/${each.name}` : each.name);
  return wanted.sort((one, other) => (sortBy === undefined ? key(one).localeCompare(key(other)) : other[sortBy] - one[sortBy])).slice(0, limit);
}

function nothing({ what, name }: Input, namespace: string | null): AppError {
  const where = namespace === null ? '' : ` in the namespace ${namespace}`;
  const hint = 'What has just started is measured within a minute.';
  return new AppError('NOT_FOUND', name === undefined ? `No ${words[what]} are measured${where}.` : `${words[what]}/${name} is not measured${where}.`, {
    hint,
  });
}

function podTable(pods: readonly PodUsage[], { allNamespaces, containers, sum, noHeaders }: Input): string {
  const scope = (namespace: string) => (allNamespaces ? [namespace] : []);
  const rows = pods.flatMap((pod) =>
    containers
      ? pod.containers.map((container) => [...scope(pod.namespace), pod.name, container.name, cores(container.cpu), mebibytes(container.memory)])
      : [[...scope(pod.namespace), pod.name, cores(pod.cpu), mebibytes(pod.memory)]],
  );
  const head = [...scope('NAMESPACE'), ...(containers ? ['POD', 'NAME'] : ['NAME']), 'CPU(cores)', 'MEMORY(bytes)'];
  const blank = Array.from({ length: head.length - 2 }, () => '');
  const total = sum ? [[...blank, cores(sumOf(pods, 'cpu')), mebibytes(sumOf(pods, 'memory'))]] : [];
  return textTable([...(noHeaders ? [] : [head]), ...rows, ...total]);
}

function nodeTable(nodes: readonly NodeUsage[], { noHeaders }: Input): string {
  const head = ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'];
  const rows = nodes.map(({ name, cpu, memory, allocatable }) => [
    name,
    cores(cpu),
    share(cpu, allocatable.cpu),
    mebibytes(memory),
    share(memory, allocatable.memory),
  ]);
  return textTable([...(noHeaders ? [] : [head]), ...rows]);
}

function sumOf(pods: readonly PodUsage[], what: 'cpu' | 'memory'): number {
  return pods.reduce((sum, pod) => sum + pod[what], 0);
}

/** As kubectl: thousandths, rounded up. */
function cores(value: number): string {
  return `${Math.ceil(value * 1_000 - 1e-6)}m`;
}

function mebibytes(value: number): string {
  return `${Math.floor(value / 2 ** 20)}Mi`;
}

function share(value: number, whole: number | null): string {
  return whole === null || whole === 0 ? '<unknown>' : `${Math.floor((value / whole) * 100)}%`;
}
