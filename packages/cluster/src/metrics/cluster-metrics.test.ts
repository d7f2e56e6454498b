import { AppError, type KubeObject, type MetricQuery } from '@quarterdeck/contract';
import { describe, expect, it, vi } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import type { Transport } from '../transport/transport.ts';
import { ClusterMetrics } from './cluster-metrics.ts';

const { signal } = new AbortController();
const refused = () => Promise.reject(new Error('not used'));

/** What metrics-server and Prometheus answer, as they were recorded; a path without an answer is not there. */
class Wire {
  answers: Record<string, () => unknown> = {};
  readonly asked: string[] = [];

  get access(): ClusterAccess {
    const find = async (path: string): Promise<unknown> => {
      this.asked.push(path);
      const answer = this.answers[path];
      if (answer === undefined) throw new AppError('NOT_FOUND', 'the server could not find the requested resource');
      return answer();
    };
    const api: Transport = {
      json: ({ path }) => find(path),
      text: async ({ path, query }) => JSON.stringify(await find(`${path} ${String(query?.query).includes('cpu') ? 'cpu' : 'memory'}`)),
      ...{ stream: refused, bytes: refused, socket: refused, relay: refused },
      close: async () => undefined,
    };
    return { ...{ id: 'wire', server: null, recordedAt: null, namespaces: null, api }, ...unused };
  }
}

const unused: Omit<ClusterAccess, 'id' | 'server' | 'recordedAt' | 'namespaces' | 'api'> = {
  ...{ version: refused, kinds: refused, get: refused, log: refused, close: async () => undefined },
  list: () => {
    throw new Error('not used');
  },
  watch: () => {
    throw new Error('not used');
  },
  evidence: { read: refused },
};

const group = '/apis/metrics.k8s.io/v1beta1';
const podMetrics = (cpu: string) => ({
  items: [
    {
      metadata: { name: 'api-0', namespace: 'shop' },
      timestamp: '2026-01-01T00:00:00Z',
      window: '1m0.5s',
      containers: [{ name: 'app', usage: { cpu, memory: '64Mi' } }],
    },
  ],
});
const nodeMetrics = { items: [{ metadata: { name: 'n1' }, timestamp: '2026-01-01T00:00:00Z', window: '10s', usage: { cpu: '1500m', memory: '2Gi' } }] };
const node: KubeObject = Object.assign(
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } },
  { status: { allocatable: { cpu: '3', memory: '4Gi' }, capacity: { cpu: '4' } } },
);
const requests = (cpu: string) => ({ resources: { requests: { cpu } } });
const pod: KubeObject = Object.assign(
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api-0', namespace: 'shop' } },
  {
    spec: {
      nodeName: 'n1',
      containers: [{ name: 'app', ...requests('200m') }],
      initContainers: [
        { name: 'proxy', restartPolicy: 'Always', ...requests('100m') },
        { name: 'init', ...requests('1') },
      ],
    },
  },
);
const prometheusService: KubeObject = Object.assign(
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'prometheus', namespace: 'monitoring' } },
  { spec: { ports: [{ port: 9090 }] } },
);
const promql = '/api/v1/namespaces/monitoring/services/prometheus%3A9090/proxy/api/v1';
const vector = (labels: object, value: string) => ({ status: 'success', data: { resultType: 'vector', result: [{ metric: labels, value: [1, value] }] } });

function metricsOf(wire: Wire, objects: readonly KubeObject[], clock = new ManualClock()): ClusterMetrics {
  return new ClusterMetrics(wire.access, { clock, listObjects: async (kind) => objects.filter((object) => object.kind === kind) });
}

describe('now', () => {
  it('is what metrics-server says, beside what was asked for', async () => {
    const wire = new Wire();
    wire.answers = { [`${group}/namespaces/shop/pods`]: () => podMetrics('250m'), [`${group}/nodes`]: () => nodeMetrics };
    const metrics = metricsOf(wire, [pod, node]);
    expect(await metrics.now({ of: 'pods', namespace: 'shop' }, signal)).toMatchObject({
      pods: [
        {
          name: 'api-0',
          cpu: 0.25,
          memory: 64 * 2 ** 20,
          windowSeconds: 60.5,
          requests: { cpu: expect.closeTo(0.3), memory: null },
          containers: [{ requests: { cpu: 0.2 } }],
        },
      ],
    });
    expect(await metrics.now({ of: 'nodes', namespace: null }, signal)).toMatchObject({
      // The init container asks for more than what runs after it.
      nodes: [{ cpu: 1.5, allocatable: { cpu: 3 }, capacity: { cpu: 4, memory: null }, requested: { cpu: 1 } }],
      cluster: { cpu: 1.5, memory: 2 ** 31, allocatable: { memory: 2 ** 32 } },
    });
  });

  it('comes from Prometheus where there is no metrics-server', async () => {
    const wire = new Wire();
    const labels = { namespace: 'shop', pod: 'api-0', container: 'app' };
    wire.answers = { [`${promql}/query memory`]: () => vector(labels, '1048576'), [`${promql}/query cpu`]: () => vector(labels, '0.5') };
    expect(await metricsOf(wire, [pod, prometheusService]).now({ of: 'pods', namespace: null }, signal)).toMatchObject({
      source: 'Prometheus (Service monitoring/prometheus, port 9090)',
      pods: [{ namespace: 'shop', name: 'api-0', cpu: 0.5, memory: 2 ** 20, containers: [{ name: 'app' }] }],
    });
  });

  it.each([
    [new AppError('NOT_FOUND', 'gone'), 'metrics-server is not installed'],
    [new AppError('CLUSTER_ERROR', 'unavailable', { details: { status: 503 } }), 'is registered and does not answer'],
    [new AppError('FORBIDDEN', 'You may not list pods.metrics.k8s.io.'), 'You may not list'],
    [new AppError('READ_ONLY', 'x is a recording.'), 'A recording has no numbers'],
  ])('is not there because of %s', async (error, words) => {
    const wire = new Wire();
    wire.answers = {
      [`${group}/pods`]: () => {
        throw error;
      },
    };
    expect(await metricsOf(wire, []).now({ of: 'pods', namespace: null }, signal)).toEqual({
      ...{ state: 'unavailable', reason: expect.stringContaining(words), remedy: expect.stringMatching(/\w/) },
    });
  });
});

describe('history without Prometheus', () => {
  const query = (clock: ManualClock, step = 15): MetricQuery => ({
    target: { kind: 'workload', namespace: 'shop', workloadKind: 'StatefulSet', name: 'api' },
    ...{ metric: 'cpu', from: clock.now() / 1_000 - 60, to: clock.now() / 1_000, step },
  });

  it('is sampled while somebody asks, has gaps, and ends some time after', async () => {
    const clock = new ManualClock();
    const wire = new Wire();
    let cpu = 1;
    wire.answers = { [`${group}/pods`]: () => podMetrics(String(cpu++)), [`${group}/nodes`]: () => nodeMetrics };
    const metrics = metricsOf(wire, [], clock);
    const values = async (step?: number) => {
      const history = await metrics.history(query(clock, step), signal);
      return history.state === 'available' ? history.points.map(([, value]) => value).filter((value) => value !== null) : history.reason;
    };
    expect(await values()).toEqual([1]);
    clock.advance(15_000);
    await vi.waitFor(async () => expect(await values()).toEqual([1, 2]));
    expect(await values(600)).toEqual([1.5]);
    for (let i = 0; i < 70; i += 1) {
      await vi.waitFor(() => expect(clock.sleeps.length).toBeGreaterThanOrEqual(Math.min(i + 2, 60)), { interval: 1 });
      clock.advance(15_000);
    }
    const asked = wire.asked.length;
    clock.advance(60_000);
    expect(wire.asked.length).toBe(asked);
    metrics.close();
  });

  it('says why there is none, and begins as soon as there is', async () => {
    const clock = new ManualClock();
    const wire = new Wire();
    const metrics = metricsOf(wire, [prometheusService], clock);
    expect(await metrics.history(query(clock), signal)).toMatchObject({
      state: 'unavailable',
      reason: expect.stringMatching(/metrics-server is not installed.*Service monitoring\/prometheus, port 9090: the server could not find/),
    });
    wire.answers = { [`${group}/pods`]: () => podMetrics('1') };
    expect(await metrics.history(query(clock), signal)).toMatchObject({ state: 'available', unit: 'cores' });
    metrics.close();
  });
});
