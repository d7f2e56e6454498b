import type { MetricName, MetricQuery, MetricTarget } from '@quarterdeck/contract';
import { podNamePattern } from './workload-pods.ts';

const cadvisor: Record<MetricName, string> = {
  cpu: 'container_cpu_usage_seconds_total',
  memory: 'container_memory_working_set_bytes',
  networkReceive: 'container_network_receive_bytes_total',
  networkTransmit: 'container_network_transmit_bytes_total',
  storage: 'container_fs_usage_bytes',
};

/** Counted twice: cAdvisor also has the pod's pause container and the sum of each group of containers, which have no image. */
const ownContainers = 'container!="",container!="POD",image!=""';
/** A rate needs a few measurements within it, which are up to a minute apart. Seconds. */
const shortestRange = 240;

/**
 * The PromQL for a question. Two Prometheus that watch the same kubelet, or a kubelet that is watched by two jobs, must
 * not double a number: the largest of equal series counts.
 */
export function promQuery({ metric, target, step }: MetricQuery): string {
  if (target.kind === 'node') return nodeQuery(metric, target.name, step);
  if (metric === 'storage' && ['claim', 'namespace', 'cluster'].includes(target.kind)) {
    return `sum(max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes{${labels(target)}}))`;
  }
  const network = metric === 'networkReceive' || metric === 'networkTransmit';
  const parts = network ? 'namespace, pod, interface' : 'namespace, pod, container';
  // The network belongs to the pod; its containers share it.
  const selector = join(labels(target), network ? 'pod!="",interface!="lo"' : ownContainers);
  return `sum(max by (${parts}) (${measured(metric, selector, step)}))`;
}

/** Each container now, with its names as labels. */
export function containersNow(metric: 'cpu' | 'memory', namespace: string | null): string {
  const scope = namespace === null ? '' : labels({ kind: 'namespace', namespace });
  return `max by (namespace, pod, container) (${measured(metric, join(scope, ownContainers), 0)})`;
}

/** Each node now. */
export function nodesNow(metric: 'cpu' | 'memory'): string {
  return `max by (node, instance) (${measured(metric, 'id="/"', 0)})`;
}

/** The whole node as the kubelet sees it: the group of all groups. Which label names the node depends on how Prometheus was set up. */
function nodeQuery(metric: MetricName, name: string, step: number): string {
  const physical = metric.startsWith('network') ? ',interface!~"lo|veth.*|cali.*|cni.*|docker.*|flannel.*|lxc.*"' : '';
  const parts = metric.startsWith('network') ? 'interface' : metric === 'storage' ? 'device' : 'id';
  const ways = [`node="${quoted(name)}"`, `instance=~"${quoted(literal(name))}(:[0-9]+)?"`, `kubernetes_io_hostname="${quoted(name)}"`];
  return ways.map((label) => `sum(max by (${parts}) (${measured(metric, `id="/",${label}${physical}`, step)}))`).join(' or ');
}

function measured(metric: MetricName, selector: string, step: number): string {
  const series = `${cadvisor[metric]}{${selector}}`;
  return metric === 'memory' || metric === 'storage' ? series : `rate(${series}[${Math.max(shortestRange, step * 2)}s])`;
}

function labels(target: Exclude<MetricTarget, { kind: 'node' }>): string {
  switch (target.kind) {
    case 'cluster':
      return '';
    case 'namespace':
      return `namespace="${quoted(target.namespace)}"`;
    case 'pod':
      return `namespace="${quoted(target.namespace)}",pod="${quoted(target.name)}"`;
    case 'container':
      return `namespace="${quoted(target.namespace)}",pod="${quoted(target.pod)}",container="${quoted(target.name)}"`;
    case 'workload':
      return `namespace="${quoted(target.namespace)}",pod=~"${quoted(podNamePattern(target.workloadKind, target.name))}"`;
    case 'claim':
      return `namespace="${quoted(target.namespace)}",persistentvolumeclaim="${quoted(target.name)}"`;
  }
}

function join(...selectors: readonly string[]): string {
  return selectors.filter((selector) => selector !== '').join(',');
}

function literal(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

/** Inside a quoted label value. */
function quoted(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
