import type { NodeMeasurement, PodMeasurement } from './metrics-server.ts';
import { containersNow, nodesNow } from './prometheus-query.ts';

/** One series of an instant answer. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

export type AskNow = (query: string, signal: AbortSignal) => Promise<Sample[]>;

/** The mean of the CPU goes over so many seconds. */
const windowSeconds = 240;

/** As metrics-server would tell it, for clusters that have none. */
export async function podsFromPrometheus(ask: AskNow, namespace: string | null, now: number, signal: AbortSignal): Promise<PodMeasurement[]> {
  const [cpu, memory] = await Promise.all([ask(containersNow('cpu', namespace), signal), ask(containersNow('memory', namespace), signal)]);
  const used = new Map(cpu.map(({ labels, value }) => [keyOf(labels), value]));
  const pods = new Map<string, PodMeasurement>();
  for (const { labels, value } of memory) {
    const { namespace: own = '', pod: name = '', container = '' } = labels;
    const pod = pods.get(`${own}/${name}`) ?? { namespace: own, name, measuredAt: new Date(now).toISOString(), windowSeconds, containers: [] };
    pod.containers.push({ name: container, cpu: used.get(keyOf(labels)) ?? 0, memory: value });
    pods.set(`${own}/${name}`, pod);
  }
  return [...pods.values()];
}

export async function nodesFromPrometheus(ask: AskNow, now: number, signal: AbortSignal): Promise<NodeMeasurement[]> {
  const [cpu, memory] = await Promise.all([ask(nodesNow('cpu'), signal), ask(nodesNow('memory'), signal)]);
  const used = new Map(cpu.map(({ labels, value }) => [nodeName(labels), value]));
  return memory.map(({ labels, value }) => {
    const name = nodeName(labels);
    return { name, namespace: '', measuredAt: new Date(now).toISOString(), windowSeconds, cpu: used.get(name) ?? 0, memory: value };
  });
}

function keyOf({ namespace, pod, container }: Sample['labels']): string {
  return `${namespace}/${pod}/${container}`;
}

/** Where Prometheus was set up without the node's name, the kubelet's address is often that. */
function nodeName({ node, instance = '' }: Sample['labels']): string {
  return node || instance.replace(/:\d+$/, '');
}
