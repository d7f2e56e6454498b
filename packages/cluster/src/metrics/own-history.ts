import { setTimeout as delay } from 'node:timers/promises';
import {
  AppError,
  type MetricPoint,
  type MetricQuery,
  type MetricsHistory,
  type MetricsUnavailable,
  type MetricTarget,
  metricUnits,
  toAppError,
} from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { abortable } from '../transport/abortable.ts';
import { readNodeMetrics, readPodMetrics, whyNoMetrics } from './metrics-server.ts';
import { SampleRing } from './sample-ring.ts';
import { podNamePattern } from './workload-pods.ts';

export interface MetricsClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** It keeps no process alive. */
export const systemMetricsClock: MetricsClock = {
  now: Date.now,
  sleep: async (milliseconds, signal) => delay(milliseconds, undefined, { signal, ref: false }),
};

/** metrics-server measures every 15 s. One hour of 20 000 series is 19 MB: 10 000 containers, each with CPU and memory. */
const ringSize = { step: 15, slots: 240, maxSeries: 20_000 };
/** After the last question, in milliseconds: whoever comes back soon finds no gap, and a workbench left open costs nothing. */
const lingerMs = 15 * 60_000;
/** In a row; then it waits until somebody asks again. */
const mostFailures = 20;

/**
 * What metrics-server said, remembered: it tells the present alone. Sampling begins with the first question and ends
 * some time after the last one, so what it answers begins there too; gaps stay gaps.
 */
export class OwnHistory {
  private readonly access: ClusterAccess;
  private readonly clock: MetricsClock;
  private readonly ring = new SampleRing(ringSize);
  private readonly closing = new AbortController();
  /** Sampled where the whole cluster may not be. */
  private readonly namespaces = new Set<string>();
  private clusterWide = true;
  private wantedUntil = 0;
  private sampling: Promise<void> | null = null;
  /** Shared by all who ask at the same time. */
  private first: Promise<void> | null = null;
  private trouble: MetricsUnavailable | null = null;

  constructor(access: ClusterAccess, clock: MetricsClock) {
    this.access = access;
    this.clock = clock;
  }

  async history(query: MetricQuery, signal: AbortSignal): Promise<MetricsHistory> {
    const { metric, target } = query;
    if ((metric !== 'cpu' && metric !== 'memory') || target.kind === 'claim') {
      const reason = 'metrics-server measures CPU and memory alone.';
      return { state: 'unavailable', reason, remedy: 'Install Prometheus with the kubelet as a target: it has network and storage too.' };
    }
    if ('namespace' in target) this.namespaces.add(target.namespace);
    await this.watch(signal);
    if (this.trouble !== null) return this.trouble;
    const wanted = wantedKeys(metric, target);
    const points = coarser(this.ring.sum(wanted, query.from, query.to), Math.max(query.step, ringSize.step));
    return { state: 'available', source: 'metrics-server, sampled by the workbench', metric, unit: metricUnits[metric], ...points, notes: this.notes(query) };
  }

  /** Begins to sample, or goes on; resolves when there is a first sample or the reason why there is none. */
  async watch(signal: AbortSignal): Promise<void> {
    this.wantedUntil = this.clock.now() + lingerMs;
    if (this.sampling !== null && this.trouble === null) return;
    this.first ??= this.sample(this.closing.signal).finally(() => {
      this.first = null;
    });
    await abortable(this.first, signal);
    if (this.trouble === null) this.sampling ??= this.keepSampling();
  }

  /** As `watch`, for those who don't wait. */
  follow(): void {
    this.watch(this.closing.signal).catch(() => undefined); // Only closing ends it early, and then nobody asks.
  }

  close(): void {
    this.closing.abort();
  }

  private async keepSampling(): Promise<void> {
    const { signal } = this.closing;
    try {
      let failures = 0;
      while (this.clock.now() < this.wantedUntil && failures < mostFailures) {
        await this.clock.sleep(ringSize.step * 1_000, signal);
        await this.sample(signal);
        failures = this.trouble === null ? 0 : failures + 1;
      }
    } catch (thrown) {
      // Closed; anything else is kept as the trouble of a sample.
      if (!signal.aborted) throw thrown;
    } finally {
      this.sampling = null;
    }
  }

  private async sample(signal: AbortSignal): Promise<void> {
    try {
      const [pods, nodes] = await Promise.all([this.readPods(signal), readNodeMetrics(this.access, undefined, signal).catch(() => [])]);
      const values = new Map<string, number>();
      for (const { namespace, name, containers } of pods) {
        for (const container of containers) {
          values.set(keyOf('cpu', namespace, name, container.name), container.cpu);
          values.set(keyOf('memory', namespace, name, container.name), container.memory);
        }
      }
      for (const { name, cpu, memory } of nodes) {
        values.set(keyOf('cpu', '', name, ''), cpu);
        values.set(keyOf('memory', '', name, ''), memory);
      }
      this.ring.record(this.clock.now() / 1_000, values);
      this.trouble = null;
    } catch (thrown) {
      this.trouble = whyNoMetrics(thrown, signal);
    }
  }

  private async readPods(signal: AbortSignal) {
    if (!this.clusterWide) return this.readNamespaces(signal);
    try {
      return await readPodMetrics(this.access, null, undefined, signal);
    } catch (thrown) {
      if (toAppError(thrown).code !== 'FORBIDDEN' || this.namespaces.size === 0) throw thrown;
      this.clusterWide = false;
      return this.readNamespaces(signal);
    }
  }

  private async readNamespaces(signal: AbortSignal) {
    const results = await Promise.allSettled([...this.namespaces].map((namespace) => readPodMetrics(this.access, namespace, undefined, signal)));
    const read = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const [first] = results;
    if (read.length === 0 && first?.status === 'rejected') throw first.reason;
    return read.flat();
  }

  private notes({ from }: MetricQuery): string[] {
    const { begin, refused } = this.ring;
    const early = begin !== null && from < begin ? ['The workbench keeps the last hour, from when somebody first looked; Prometheus would know more.'] : [];
    return refused === 0 ? early : [...early, `Only the first ${ringSize.maxSeries} series are kept: some pods are missing.`];
  }
}

/** Names of objects have no `|`. */
function keyOf(metric: string, namespace: string, pod: string, container: string): string {
  return `${metric}|${namespace}|${pod}|${container}`;
}

function wantedKeys(metric: string, target: MetricTarget): (key: string) => boolean {
  const startsWith = (prefix: string) => (key: string) => key.startsWith(prefix);
  switch (target.kind) {
    case 'cluster':
      return startsWith(`${metric}||`);
    case 'node':
      return (key) => key === keyOf(metric, '', target.name, '');
    case 'namespace':
      return startsWith(`${metric}|${target.namespace}|`);
    case 'pod':
      return startsWith(`${metric}|${target.namespace}|${target.name}|`);
    case 'container':
      return (key) => key === keyOf(metric, target.namespace, target.pod, target.name);
    case 'workload': {
      const pattern = new RegExp(`^${podNamePattern(target.workloadKind, target.name)}$`);
      const own = startsWith(`${metric}|${target.namespace}|`);
      return (key) => own(key) && pattern.test(key.split('|')[2] ?? '');
    }
    case 'claim':
      throw new AppError('INTERNAL_ERROR', 'metrics-server does not measure claims.');
  }
}

/** The mean of what lies in each larger step. */
function coarser(points: readonly MetricPoint[], step: number): { step: number; points: MetricPoint[] } {
  const buckets = new Map<number, number[]>();
  for (const [time, value] of points) {
    const bucket = Math.floor(time / step) * step;
    const values = buckets.get(bucket) ?? [];
    buckets.set(bucket, value === null ? values : [...values, value]);
  }
  const mean = (values: readonly number[]) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
  return { step, points: [...buckets].map(([time, values]) => [time, mean(values)]) };
}
