import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  actPageSchema,
  bulkResultSchema,
  type Change,
  changePreviewSchema,
  changeResultSchema,
  drainEventSchema,
  drainPlanSchema,
  parsedManifestsSchema,
  refTo,
  resourceListSchema,
  rolloutSchema,
} from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findClusterSources } from '../clusters/cluster-sources.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `change-routes-${process.pid}`;

const manifests = `
apiVersion: v1
kind: Namespace
metadata: {name: ${namespace}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, drained: ${namespace}}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{name: web, image: "docker.io/local/pause:1", imagePullPolicy: IfNotPresent}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
`;

describe.skipIf(kubeconfig === undefined)('changes over HTTP', () => {
  let folder = '';
  let server: RunningServer;
  const web = refTo('Deployment', namespace, 'web');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-changes-'));
    const log = pino({ level: 'silent' });
    const options = { bundle: null, kubeconfig: kubeconfig ?? '', context: null, stateDirectory: folder };
    server = await startServer({ ...options, clusters: await findClusterSources(options, log), port: 0, version: '0.0.0', log });
  });
  afterAll(async () => {
    await call('POST', '/api/changes/delete', { changes: [{ verb: 'delete', target: refTo('Namespace', null, namespace) }] });
    await server.close();
    await rm(folder, { recursive: true });
  });

  const send = (method: string, path: string, body?: unknown, signal?: AbortSignal) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      headers: { authorization: `Bearer ${server.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => (await send(method, path, body)).json();

  it('read manifests, try them, and make them', async () => {
    const { changes } = parsedManifestsSchema.parse(await call('POST', '/api/changes/parse', { text: manifests, namespace }));
    expect(changes.map(({ target }) => target.kind)).toEqual(['Namespace', 'Deployment', 'PodDisruptionBudget']);
    const { items } = bulkResultSchema.parse(await call('POST', '/api/changes/bulk', { changes }));
    expect(items.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
    const steps = await (await send('GET', `/api/rollouts/follow?kind=deploy&namespace=${namespace}&name=web&timeoutSeconds=100`)).text();
    expect(JSON.parse(steps.trim().split('\n').at(-1) ?? '')).toMatchObject({ state: 'done', available: 1 });
  });

  it('show what would be, then do just that', async () => {
    const change: Change = { verb: 'restart', target: web, at: '2026-01-01T00:00:00Z' };
    const preview = changePreviewSchema.parse(await call('POST', '/api/changes/preview', { change }));
    expect(preview).toMatchObject({ request: { method: 'PATCH' }, impact: { level: 'medium', note: expect.stringContaining('1 pod') } });
    expect(preview.diff.text).toContain('restartedAt: 2026-01-01T00:00:00Z');
    expect(await call('POST', '/api/changes', { change: preview.change })).toMatchObject({ object: { metadata: { name: 'web' } } });
    await expect
      .poll(async () => rolloutSchema.parse(await call('GET', `/api/rollouts?kind=deploy&namespace=${namespace}&name=web`)).revisions.length, {
        timeout: 20_000,
      })
      .toBe(2);
    const compared = await call('GET', `/api/rollouts/diff?kind=deploy&namespace=${namespace}&name=web&from=1&to=2`);
    expect(JSON.stringify(compared)).toContain('restartedAt');
  });

  it('need the route that asks for the permission', async () => {
    const deletion = { verb: 'delete', target: web };
    expect(await call('POST', '/api/changes', { change: deletion })).toMatchObject({
      code: 'VALIDATION_ERROR',
      hint: expect.stringContaining('/api/changes/delete'),
    });
    const refused = await call('POST', '/api/changes/preview', { change: { ...deletion, uid: 'another' } });
    expect(refused).toMatchObject({ code: 'CONFLICT', details: { reason: 'Conflict' } });
  });

  it('drain a node line by line; whoever goes away cancels it, and the node stays cordoned', async () => {
    const { items } = resourceListSchema.parse(await call('GET', '/api/resources?kind=nodes'));
    const node = items[0]?.object.name ?? '';
    const drain = { node, options: { podSelector: `drained=${namespace}` } };
    try {
      // The pod that the restart replaced must be gone, and the budget must have counted the new one.
      await expect
        .poll(async () => drainPlanSchema.parse(await call('POST', '/api/nodes/drain/plan', drain)), { timeout: 30_000 })
        .toMatchObject({ evict: [{ pod: { namespace } }], budgets: [{ blocks: true, currentHealthy: 1 }] });
      const gone = new AbortController();
      const response = await send('POST', '/api/nodes/drain', drain, gone.signal);
      expect(response.headers.get('content-type')).toContain('application/x-ndjson');
      const types: string[] = [];
      await expect(
        (async () => {
          for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
            for (const line of text.split('\n').filter(Boolean)) types.push(drainEventSchema.parse(JSON.parse(line)).type);
            if (types.includes('blocked')) gone.abort();
          }
        })(),
      ).rejects.toThrow('abort');
      expect(types).toEqual(['cordoned', 'evicting', 'blocked']);
      const patch: Change = { verb: 'patch', target: refTo('PodDisruptionBudget', namespace, 'web'), patchType: 'merge', patch: { spec: { minAvailable: 0 } } };
      await call('POST', '/api/changes', { change: patch });
      // Longer than a blocked eviction waits: were the drain still going on, the pod would be gone now.
      await delay(6000);
      expect(drainPlanSchema.parse(await call('POST', '/api/nodes/drain/plan', drain))).toMatchObject({ cordoned: true, evict: [{ pod: { namespace } }] });
    } finally {
      await call('POST', '/api/nodes/changes', { changes: [{ verb: 'uncordon', target: refTo('Node', null, node) }] });
    }
  });

  it('stand in the ledger with their diff and the way back, which takes them back', async () => {
    const acts = async (query: string) => actPageSchema.parse(await call('GET', `/api/audit?namespace=${namespace}&${query}`)).acts;
    await call('POST', '/api/changes', { change: { verb: 'patch', target: web, patchType: 'merge', patch: { spec: { minReadySeconds: 7 } } } });
    const [patched] = await acts('action=change.patch&kind=Deployment');
    expect(patched).toMatchObject({ via: 'api', kubectl: expect.stringContaining('kubectl patch deployment.apps/web'), result: { outcome: 'done' } });
    expect(patched?.result?.diff).toContain('+  minReadySeconds: 7');
    const { object } = changeResultSchema.parse(await call('POST', '/api/changes', { change: patched?.result?.undo?.change }));
    expect(JSON.stringify(object)).not.toContain('minReadySeconds');
    const plain = ['sword', 'fish'].join('');
    const login = refTo('Secret', namespace, 'login');
    const manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace }, stringData: { plain } };
    await call('POST', '/api/changes', { change: { verb: 'apply', target: login, manifest, force: false } });
    await call('POST', '/api/changes', { change: { verb: 'patch', target: login, patchType: 'merge', patch: { stringData: { plain: `${plain}2` } } } });
    expect(await acts('kind=Secret')).toHaveLength(2);
    const drains = actPageSchema.parse(await call('GET', '/api/audit?action=node.drain')).acts;
    expect(drains.map(({ result }) => result?.outcome)).toContain('cancelled');
    const everything = await (await send('GET', '/api/audit/export')).text();
    for (const value of [plain, Buffer.from(plain).toString('base64')]) expect(everything).not.toContain(value);
    expect(await call('GET', '/api/audit/verify')).toMatchObject({ ok: true, unfinished: 0 });
  });
});
