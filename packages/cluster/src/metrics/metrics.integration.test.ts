import type { MetricQuery } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SandboxPods } from '../testing/sandbox-pods.ts';
import { ClusterMetrics } from './cluster-metrics.ts';
import type { MetricsClock } from './own-history.ts';

const { signal } = new AbortController();

/** What a Prometheus answers (prometheus.io/docs/prometheus/latest/querying/api): one series with a gap in its middle. */
const prometheus = `
import http.server, json, urllib.parse
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        ask = {k: v[0] for k, v in urllib.parse.parse_qs(url.query).items()}
        if url.path == '/api/v1/query':
            data = {'resultType': 'vector', 'result': [{'metric': {}, 'value': [1, '3']}]}
        else:
            start, end, step = (float(ask[k]) for k in ('start', 'end', 'step'))
            times = [start + i * step for i in range(int((end - start) / step) + 1)]
            values = [[t, 'NaN' if i == 1 else str(len(ask['query']))] for i, t in enumerate(times) if i != 2]
            data = {'resultType': 'matrix', 'result': [{'metric': {}, 'values': values}]}
        body = json.dumps({'status': 'success', 'data': data}).encode()
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.end_headers()
        self.wfile.write(body)
http.server.HTTPServer(('', 9090), Handler).serve_forever()
`;

describe.skipIf(process.env.QD_TEST_KUBECONFIG === undefined)('metrics of the sandbox cluster', () => {
  let sandbox: SandboxPods;
  let metrics: ClusterMetrics;
  /** Steps of the sampler wait for this. */
  const clock: MetricsClock & { tick(): void } = (() => {
    let time = Math.floor(Date.now() / 15_000) * 15_000;
    let wake: (() => void)[] = [];
    return {
      now: () => time,
      sleep: (_milliseconds, aborted) =>
        new Promise((resolve, reject) => {
          wake.push(resolve);
          aborted.addEventListener('abort', () => reject(aborted.reason));
        }),
      tick() {
        time += 15_000;
        for (const resolve of wake.splice(0)) resolve();
        wake = [];
      },
    };
  })();

  beforeAll(async () => {
    sandbox = await SandboxPods.open('metrics');
    metrics = new ClusterMetrics(sandbox.access, { clock });
    const busy = { command: ['sh', '-c', 'while true; do :; done'], resources: { requests: { cpu: '20m', memory: '8Mi' }, limits: { cpu: '50m' } } };
    await sandbox.pod('busy', [busy, { command: ['sleep', '86400'] }]);
    await sandbox.running('busy');
  });
  afterAll(async () => {
    metrics.close();
    await sandbox.close();
  });

  const query = (target: MetricQuery['target'], metric: MetricQuery['metric'] = 'cpu'): MetricQuery => ({
    target,
    metric,
    from: clock.now() / 1_000 - 60,
    to: clock.now() / 1_000,
    step: 15,
  });

  it('shows what pods use beside what they ask for', async () => {
    await vi.waitFor(
      async () => {
        const now = await metrics.now({ of: 'pods', namespace: sandbox.namespace }, signal);
        if (now.state === 'unavailable') throw new Error(now.reason);
        const [pod] = now.pods;
        expect(pod).toMatchObject({ name: 'busy', requests: { cpu: 0.02, memory: 8 * 2 ** 20 }, limits: { cpu: 0.05, memory: null } });
        expect(pod?.containers.map(({ name }) => name).sort()).toEqual(['main', 'side-1']);
        expect(pod?.cpu).toBeGreaterThan(0.01);
        expect(pod?.memory).toBeGreaterThan(100_000);
      },
      { timeout: 90_000, interval: 3_000 },
    );
  });

  it('shows what nodes use beside what they have, and the cluster as their sum', async () => {
    const now = await metrics.now({ of: 'nodes', namespace: null }, signal);
    if (now.state === 'unavailable') throw new Error(now.reason);
    const [node] = now.nodes;
    expect(now.notes).toEqual([]);
    expect(node?.cpu).toBeGreaterThan(0);
    expect(node?.allocatable.memory).toBeGreaterThan(node?.memory ?? Number.POSITIVE_INFINITY);
    expect(node?.requested.cpu).toBeGreaterThanOrEqual(0.02);
    expect(now.cluster).toMatchObject({ cpu: node?.cpu, capacity: node?.capacity });
  });

  it('remembers what it saw since somebody looked', async () => {
    const target = { kind: 'pod', namespace: sandbox.namespace, name: 'busy' } as const;
    expect(await metrics.history(query(target), signal)).toMatchObject({ state: 'available', source: expect.stringContaining('sampled'), step: 15 });
    clock.tick();
    await vi.waitFor(async () => {
      const history = await metrics.history(query(target), signal);
      if (history.state === 'unavailable') throw new Error(history.reason);
      const values = history.points.map(([, value]) => value);
      expect(values.filter((value) => value !== null)).toHaveLength(2);
      expect(values[0]).toBeNull();
    }, 10_000);
    expect(await metrics.history(query({ kind: 'cluster' }, 'memory'), signal)).toMatchObject({ state: 'available', unit: 'bytes' });
    expect(await metrics.history(query(target, 'networkReceive'), signal)).toMatchObject({
      state: 'unavailable',
      reason: expect.stringMatching(/CPU and memory alone.* No Service looks like a Prometheus/),
    });
  });

  it('finds a Prometheus, says how, and asks it', async () => {
    const { namespace } = sandbox;
    await sandbox.create('pods', {
      metadata: { name: 'prometheus', labels: { app: 'prometheus' } },
      spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image: 'docker.io/local/python:1', command: ['python3', '-c', prometheus] }] },
    });
    await sandbox.create('services', {
      metadata: { name: 'prometheus', labels: { app: 'prometheus' } },
      spec: { selector: { app: 'prometheus' }, ports: [{ name: 'web', port: 9090 }] },
    });
    await sandbox.running('prometheus');
    const place = `Service ${namespace}/prometheus, port 9090`;
    await vi.waitFor(
      async () => {
        const [, found] = await metrics.sources(signal);
        expect(found).toMatchObject({
          id: 'prometheus',
          state: 'available',
          place,
          looked: [{ what: place, outcome: 'knows the containers of this cluster' }],
        });
      },
      { timeout: 60_000, interval: 1_000 },
    );
    const history = await metrics.history(query({ kind: 'namespace', namespace }, 'networkReceive'), signal);
    if (history.state === 'unavailable') throw new Error(history.reason);
    expect(history.source).toContain(place);
    expect(history.points.map(([, value]) => typeof value)).toEqual(['number', 'object', 'object', 'number', 'number']);
  });

  it('says what somebody without rights would need', async () => {
    const access = await sandbox.as('nobody-of-this-test', [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]);
    const poor = new ClusterMetrics(access);
    expect(await poor.now({ of: 'pods', namespace: sandbox.namespace }, signal)).toMatchObject({
      state: 'unavailable',
      remedy: expect.stringContaining('metrics.k8s.io'),
    });
    expect(await poor.history(query({ kind: 'cluster' }), signal)).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('may not list') });
    poor.close();
    await access.close();
  });
});
