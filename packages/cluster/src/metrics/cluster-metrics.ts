import {
  type BuiltInKind,
  builtInKinds,
  isKind,
  type KindTypes,
  type KubeObject,
  type MetricQuery,
  type MetricsHistory,
  type MetricsNow,
  type MetricsSourceState,
  toAppError,
} from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { listAll } from '../access/list-all.ts';
import { findBuiltInKind } from '../discovery/resource-kinds.ts';
import { type NodeMeasurement, type PodMeasurement, readNodeMetrics, readPodMetrics, whyNoMetrics } from './metrics-server.ts';
import type { MetricsScope, MetricsSource } from './metrics-source.ts';
import { type MetricsClock, OwnHistory, systemMetricsClock } from './own-history.ts';
import { Prometheus } from './prometheus.ts';
import { nodesFromPrometheus, podsFromPrometheus } from './prometheus-now.ts';
import { clusterUsage, nodeUsage, podUsage } from './usage.ts';

/** The objects of a kind, in a namespace or in all. Throws what the API says. */
export type ListObjects = (kind: BuiltInKind, namespace: string | null, signal: AbortSignal) => Promise<readonly KubeObject[]>;

export interface MetricsDependencies {
  clock?: MetricsClock;
  /** Default: a list from the API server each time. */
  listObjects?: ListObjects;
}

/**
 * The numbers of one cluster: the present from metrics-server, or else from Prometheus; the past from Prometheus where
 * there is one, or else from what the workbench sampled itself. Whoever opened it closes it.
 */
export class ClusterMetrics implements MetricsSource {
  private readonly access: ClusterAccess;
  private readonly listObjects: ListObjects;
  private readonly clock: MetricsClock;
  private readonly own: OwnHistory;
  private readonly prometheus: Prometheus;

  constructor(access: ClusterAccess, { clock = systemMetricsClock, listObjects = listing(access) }: MetricsDependencies = {}) {
    this.access = access;
    this.listObjects = listObjects;
    this.clock = clock;
    this.own = new OwnHistory(access, clock);
    this.prometheus = new Prometheus(access, (signal) => listObjects('Service', null, signal), clock.now);
  }

  async now(scope: MetricsScope, signal: AbortSignal): Promise<MetricsNow> {
    const asked = await this.metricsServerNow(scope, signal);
    if (asked.state === 'available' || scope.labelSelector !== undefined) return asked;
    return (await this.prometheusNow(scope, signal)) ?? asked;
  }

  async history(query: MetricQuery, signal: AbortSignal): Promise<MetricsHistory> {
    const asked = await this.prometheus.history(query, signal);
    if (asked.state === 'available' && asked.points.some(([, value]) => value !== null)) return asked;
    const own = await this.own.history(query, signal);
    if (own.state === 'available' || asked.state === 'available') return own.state === 'available' ? own : asked;
    return { state: 'unavailable', reason: `${own.reason} ${asked.reason}`, remedy: own.remedy };
  }

  async state(signal: AbortSignal): Promise<MetricsSourceState> {
    return (await this.sources(signal)).find(({ state }) => state === 'available') ?? this.metricsServer(signal);
  }

  /** Both sources, and how it was found out whether they work. */
  sources(signal: AbortSignal): Promise<MetricsSourceState[]> {
    return Promise.all([this.metricsServer(signal), this.prometheus.state(signal)]);
  }

  /** Begins to sample, where nobody waits for it: whoever looks at the present soon asks for the past. */
  remember(): void {
    this.own.follow();
  }

  close(): void {
    this.own.close();
  }

  private async metricsServer(signal: AbortSignal): Promise<MetricsSourceState> {
    const id = 'metrics-server';
    const what = 'the API metrics.k8s.io';
    const now = await this.metricsServerNow({ of: 'nodes', namespace: null }, signal);
    if (now.state === 'unavailable') return { id, place: null, ...now, looked: [{ what, outcome: now.reason }] };
    return { id, state: 'available', place: what, reason: null, remedy: null, looked: [{ what, outcome: `measures ${now.nodes.length} nodes` }] };
  }

  private async metricsServerNow({ of, namespace, labelSelector }: MetricsScope, signal: AbortSignal): Promise<MetricsNow> {
    try {
      if (of === 'nodes') return await this.nodesBeside('metrics-server', readNodeMetrics(this.access, labelSelector, signal), signal);
      return await this.podsBeside('metrics-server', readPodMetrics(this.access, namespace, labelSelector, signal), namespace, signal);
    } catch (thrown) {
      return whyNoMetrics(thrown, signal);
    }
  }

  /** Null where there is none, or none that answers. */
  private async prometheusNow({ of, namespace }: MetricsScope, signal: AbortSignal): Promise<MetricsNow | null> {
    const found = await this.prometheus.present(signal);
    if (found === null) return null;
    const { label, ask } = found;
    try {
      if (of === 'nodes') return await this.nodesBeside(label, nodesFromPrometheus(ask, this.clock.now(), signal), signal);
      return await this.podsBeside(label, podsFromPrometheus(ask, namespace, this.clock.now(), signal), namespace, signal);
    } catch (thrown) {
      if (signal.aborted) throw toAppError(thrown);
      return null;
    }
  }

  private async podsBeside(source: string, measuring: Promise<PodMeasurement[]>, namespace: string | null, signal: AbortSignal): Promise<MetricsNow> {
    const [measured, pods] = await Promise.all([measuring, this.tolerant('Pod', namespace, signal)]);
    const notes = pods.reason === null ? [] : [`Requests and limits are missing: ${pods.reason}`];
    return { state: 'available', source, pods: podUsage(measured, pods.objects), nodes: [], cluster: null, notes };
  }

  private async nodesBeside(source: string, measuring: Promise<NodeMeasurement[]>, signal: AbortSignal): Promise<MetricsNow> {
    const [measured, nodes, pods] = await Promise.all([measuring, this.tolerant('Node', null, signal), this.tolerant('Pod', null, signal)]);
    const usage = nodeUsage(measured, nodes.objects, pods.reason === null ? pods.objects : null);
    const notes = [
      ...(nodes.reason === null ? [] : [`Capacities are missing: ${nodes.reason}`]),
      ...(pods.reason === null ? [] : [`Requests are missing: ${pods.reason}`]),
    ];
    return { state: 'available', source, pods: [], nodes: usage, cluster: clusterUsage(usage), notes };
  }

  /** What stands beside the numbers must not keep them back. */
  private async tolerant<K extends BuiltInKind>(
    kind: K,
    namespace: string | null,
    signal: AbortSignal,
  ): Promise<{ objects: KindTypes[K][]; reason: string | null }> {
    try {
      const objects = await this.listObjects(kind, namespace, signal);
      return { objects: objects.filter((object) => isKind(object, kind)), reason: null };
    } catch (thrown) {
      const error = toAppError(thrown);
      if (signal.aborted) throw error;
      return { objects: [], reason: error.message };
    }
  }
}

function listing(access: ClusterAccess): ListObjects {
  return async (kind, namespace, signal) => {
    const found = findBuiltInKind(await access.kinds(signal), kind);
    if (found === null) return [];
    const scope = namespace === null || !builtInKinds[kind].namespaced ? {} : { namespace };
    return (await listAll(access, found, { ...scope, signal })).items;
  };
}
