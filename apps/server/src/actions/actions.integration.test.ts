import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Action,
  type ActionDraft,
  actionSchema,
  actPageSchema,
  type Change,
  finalActionStates,
  issueSchema,
  type ObjectRef,
  refTo,
  type StepDraft,
} from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { findClusterSources } from '../clusters/cluster-sources.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `actions-${process.pid}`;
const pause = 'docker.io/local/pause:1';
const ref = (kind: 'Deployment' | 'Service' | 'ConfigMap' | 'Pod' | 'ResourceQuota' | 'PodDisruptionBudget', name: string) => refTo(kind, namespace, name);

const applied = (target: ObjectRef, content: object, metadata: object = {}): Change => {
  const { apiVersion, kind, name } = target;
  return { verb: 'apply', target, force: false, manifest: { apiVersion, kind, metadata: { name, namespace, ...metadata }, ...content } };
};
const deployment = (name: string, container: object = {}, replicas = 1, metadata: object = {}): Change => {
  const containers = [{ name: 'app', image: pause, imagePullPolicy: 'IfNotPresent', ...container }];
  const template = { metadata: { labels: { app: name } }, spec: { terminationGracePeriodSeconds: 0, containers } };
  return applied(ref('Deployment', name), { spec: { replicas, selector: { matchLabels: { app: name } }, template } }, metadata);
};
const image = (name: string, to: string): StepDraft => ({ change: { verb: 'setImage', target: ref('Deployment', name), images: { app: to } } });
const labelled = (target: ObjectRef, value: string): StepDraft => ({ change: { verb: 'label', target, entries: { test: value }, overwrite: true } });

describe.skipIf(kubeconfig === undefined)('actions on a real cluster', { timeout: 120_000 }, () => {
  let folder = '';
  let server: RunningServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-actions-'));
    const log = pino({ level: 'silent' });
    const options = { bundle: null, kubeconfig: kubeconfig ?? '', context: null, stateDirectory: folder };
    server = await startServer({ ...options, clusters: await findClusterSources(options, log), port: 0, version: '0.0.0', log });
    await make(applied(refTo('Namespace', null, namespace), {}, { namespace: undefined }));
  });
  afterAll(async () => {
    await call('POST', '/api/changes/delete', { changes: [{ verb: 'delete', target: refTo('Namespace', null, namespace) }] });
    await server.close();
    await rm(folder, { recursive: true });
  });

  const send = (method: string, path: string, body?: unknown) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      headers: { authorization: `Bearer ${server.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => (await send(method, path, body)).json();
  const make = async (...changes: Change[]) => {
    const { items } = z.object({ items: z.array(z.looseObject({ outcome: z.string() })) }).parse(await call('POST', '/api/changes/bulk', { changes }));
    expect(items.map(({ outcome, error }) => error ?? outcome)).toEqual(changes.map(() => 'done'));
  };
  const preview = async (draft: ActionDraft) => actionSchema.parse(await call('POST', '/api/actions/preview', draft));
  const steps = (...drafts: StepDraft[]) => preview({ steps: drafts });
  const approve = ({ id, hash }: Action) => call('POST', `/api/actions/${id}/approve`, { hash });
  const ended = async (id: string): Promise<Action> => {
    const lines = (await (await send('GET', `/api/actions/${id}/follow`)).text()).trim().split('\n');
    const last = actionSchema.parse(JSON.parse(lines.at(-1) ?? ''));
    expect(finalActionStates).toContain(last.state);
    return last;
  };
  const run = async (action: Action): Promise<Action> => {
    expect(action.obstacles).toEqual([]);
    expect(actionSchema.safeParse(await approve(action)).success).toBe(true);
    return ended(action.id);
  };
  const undo = async ({ id }: Action) => run(actionSchema.parse(await call('POST', `/api/actions/${id}/undo`)));
  const follow = async (target: ObjectRef) =>
    (await send('GET', `/api/rollouts/follow?kind=deploy&namespace=${namespace}&name=${target.name}&timeoutSeconds=90`)).text();
  const live = async (kind: string, name: string): Promise<string> =>
    JSON.stringify(await call('GET', `/api/resources/object?kind=${kind}&namespace=${namespace}&name=${name}`));

  it('a typo in an image: the plan of the issue is carried out until the issue is gone', async () => {
    await make(deployment('typo'));
    await follow(ref('Deployment', 'typo'));
    await make({ verb: 'setImage', target: ref('Deployment', 'typo'), images: { app: 'docker.io/local/puase:1' } });
    const issues = async () =>
      z
        .array(issueSchema)
        .parse(await call('GET', `/api/issues?namespace=${namespace}`))
        .filter(({ name }) => name.startsWith('typo'));
    await expect.poll(issues, { timeout: 60_000 }).toHaveLength(1);
    const [issue] = await issues();
    const action = await preview({ plan: { issueId: issue?.id ?? '', userContext: '' } });
    expect(action).toMatchObject({ issue: issue?.id, steps: [{ preview: { radius: { pods: { fate: 'replaced' } } }, until: [{ type: 'rolloutComplete' }] }] });
    const done = await run(action);
    expect(done).toMatchObject({ state: 'succeeded', validation: [{ condition: { type: 'issueGone' }, state: 'met' }] });
    expect(await issues()).toEqual([]);
  });

  it('a rollout that was late long before: going back is not taken for late', async () => {
    const target = ref('Deployment', 'late');
    const quick: Change = { verb: 'patch', target, patchType: 'merge', patch: { spec: { progressDeadlineSeconds: 3 } } };
    await make(deployment('late'), quick);
    await follow(target);
    await make({ verb: 'setImage', target, images: { app: 'docker.io/local/missing:1' } });
    await expect.poll(() => follow(target), { timeout: 60_000 }).toContain('exceeded its progress deadline');
    expect(await run(await steps({ change: { verb: 'undo', target } }))).toMatchObject({
      state: 'succeeded',
      steps: [{ run: { validation: [{ state: 'met' }] } }],
    });
  });

  it('a wrong selector: traffic is told, endpoints are waited for', async () => {
    const service = ref('Service', 'front');
    await make(deployment('front'), applied(service, { spec: { selector: { app: 'fornt' }, ports: [{ port: 80 }] } }));
    await follow(ref('Deployment', 'front'));
    const select = (app: string): StepDraft => ({ change: { verb: 'patch', target: service, patchType: 'merge', patch: { spec: { selector: { app } } } } });
    const mended = await run(await steps(select('front')));
    expect(mended).toMatchObject({
      state: 'succeeded',
      steps: [{ until: [{ type: 'endpointsReady' }], run: { validation: [{ state: 'met', message: expect.stringContaining('1 ready endpoint') }] } }],
    });
    const worse = await steps(select('nobody'));
    expect(worse.steps[0]?.preview?.radius).toMatchObject({ level: 'high', traffic: [{ readyNow: 1, readyAtLeast: 0 }] });
  });

  it('a scale: what is done can be taken back, once', async () => {
    await make(deployment('scaled'));
    await follow(ref('Deployment', 'scaled'));
    const scaled = await run(await steps({ change: { verb: 'scale', target: ref('Deployment', 'scaled'), replicas: 2 } }));
    expect(scaled).toMatchObject({
      state: 'succeeded',
      steps: [{ preview: { radius: { pods: { fate: 'started', count: 1 } } }, run: { undo: { change: { verb: 'scale', replicas: 1 } } } }],
    });
    expect(await undo(scaled)).toMatchObject({
      state: 'succeeded',
      undoes: scaled.id,
      steps: [{ preview: { radius: { pods: { fate: 'ended', count: 1 } } } }],
    });
    expect(await call('GET', `/api/actions/${scaled.id}`)).toMatchObject({ state: 'rolledBack' });
    expect(await send('POST', `/api/actions/${scaled.id}/undo`)).toMatchObject({ status: 409 });
  });

  it('what was put aside is previewed once more, on the state of now', async () => {
    await make(deployment('again'));
    await follow(ref('Deployment', 'again'));
    const first = await steps({ change: { verb: 'scale', target: ref('Deployment', 'again'), replicas: 3 } });
    await call('POST', `/api/actions/${first.id}/stop`, {});
    await make({ verb: 'scale', target: ref('Deployment', 'again'), replicas: 2 });
    const again = actionSchema.parse(await call('POST', `/api/actions/${first.id}/repeat`));
    expect(again).toMatchObject({ state: 'previewed', steps: [{ preview: { diff: { fields: [{ path: '.spec.replicas', before: 2, after: 3 }] } } }] });
    const counted = await call('GET', `/api/namespaces/${namespace}/contents`);
    expect(counted).toMatchObject({ contents: expect.arrayContaining([expect.objectContaining({ kind: 'Deployment', atLeast: false })]), notSeen: [] });
  });

  it('a missing ConfigMap: made, and the pods that wait for it become ready', async () => {
    await make(deployment('configured', { envFrom: [{ configMapRef: { name: 'settings' } }] }));
    const target = ref('ConfigMap', 'settings');
    const create: Change = {
      verb: 'create',
      target,
      manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace }, data: { a: '1' } },
    };
    const until = [{ type: 'podsReady' as const, target: ref('Deployment', 'configured'), atLeast: 1 }];
    expect(await run(await steps({ change: create, until, timeoutSeconds: 90 }))).toMatchObject({
      state: 'succeeded',
      steps: [{ run: { undo: { change: { verb: 'delete' } } } }],
    });
  });

  it('a quota: the step is made, does not become true, and says what keeps it', async () => {
    await make(deployment('limited'));
    await follow(ref('Deployment', 'limited'));
    await make(applied(ref('ResourceQuota', 'pods'), { spec: { hard: { 'count/pods': '0' } } }));
    try {
      const failed = await run(await steps({ change: { verb: 'scale', target: ref('Deployment', 'limited'), replicas: 2 }, timeoutSeconds: 8 }));
      expect(failed).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('did not become true in 8 s'),
        steps: [{ run: { validation: [{ state: 'timedOut' }] } }],
      });
      expect(failed.reason).toContain('exceeded quota');
      expect(await undo(failed)).toMatchObject({ state: 'succeeded' });
    } finally {
      await call('POST', '/api/changes/delete', { changes: [{ verb: 'delete', target: ref('ResourceQuota', 'pods') }] });
    }
  });

  it('a disruption budget: an eviction that it blocks is not let through, a rollout is told that it is not held up', async () => {
    const budget = ref('PodDisruptionBudget', 'guarded');
    await make(deployment('guarded'), applied(budget, { spec: { minAvailable: 1, selector: { matchLabels: { app: 'guarded' } } } }));
    await follow(ref('Deployment', 'guarded'));
    const list = z.object({ items: z.array(z.object({ object: z.object({ name: z.string() }) })) });
    const { items } = list.parse(await call('GET', `/api/resources?kind=pods&namespace=${namespace}`));
    const pod = items.map(({ object }) => object.name).find((name) => name.startsWith('guarded')) ?? '';
    const evict: StepDraft = { change: { verb: 'evict', target: ref('Pod', pod) } };
    await expect.poll(async () => (await steps(evict)).obstacles, { timeout: 20_000 }).toEqual([expect.stringMatching(/refused.*disruption budget/)]);
    const rollout = await steps({ change: { verb: 'restart', target: ref('Deployment', 'guarded'), at: '2026-01-01T00:00:00Z' } });
    expect(rollout.steps[0]?.preview?.radius.budgets).toMatchObject([
      { budget: { name: 'guarded' }, blocks: false, note: expect.stringContaining('only evictions ask it') },
    ]);
  });

  it('an object that Argo CD keeps: told, with the application', async () => {
    await make(deployment('synced', {}, 1, { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:x/synced' } }));
    const action = await steps(image('synced', 'docker.io/local/nginx:1'));
    expect(action.steps[0]?.preview?.managedBy).toMatchObject([{ tool: 'argo', name: 'shop' }]);
  });

  it('an object that somebody changed after the preview: refused, with a fresh preview', async () => {
    const target = ref('ConfigMap', 'contested');
    await make(applied(target, { data: { a: '1' } }));
    const set = (a: string): Change => ({ verb: 'patch', target, patchType: 'merge', patch: { data: { a } } });
    const stale = await steps({ change: set('2') });
    await call('POST', '/api/changes', { change: set('7') });
    const refused = z.object({ code: z.literal('CONFLICT'), details: z.object({ fresh: z.string() }) }).parse(await approve(stale));
    expect(await live('cm', 'contested')).toContain('"a":"7"');
    const fresh = actionSchema.parse(await call('GET', `/api/actions/${refused.details.fresh}`));
    expect(fresh.steps[0]?.preview?.diff.fields).toMatchObject([{ before: '7', after: '2' }]);
    expect(await run(fresh)).toMatchObject({ state: 'succeeded' });
    expect(await approve(fresh)).toMatchObject({ code: 'CONFLICT' });
  });

  it('a second step that fails: the third is not begun, and all is taken back in reverse order', async () => {
    const target = ref('ConfigMap', 'first');
    await make(deployment('second'), applied(target, { data: { a: '1' } }));
    await follow(ref('Deployment', 'second'));
    const wrong: StepDraft = { ...image('second', 'docker.io/local/missing:1'), timeoutSeconds: 15 };
    const failed = await run(await steps(labelled(target, 'one'), wrong, labelled(target, 'two')));
    expect(failed).toMatchObject({ state: 'failed', steps: [{ run: { state: 'done' } }, { run: { state: 'failed' } }, { run: { state: 'skipped' } }] });
    expect(failed.reason).toMatch(/second-\S+: (ContainerCreating|ErrImage|ImagePull)/);
    const back = await undo(failed);
    expect(back.steps.map(({ change }) => change.target.name)).toEqual(['second', 'first']);
    expect(back.state).toBe('succeeded');
    expect(await live('deploy', 'second')).toContain(pause);
    expect(await live('cm', 'first')).not.toContain('"test"');
  });

  it('stand in the ledger: the approval before anything is sent, each step with it, and every end', async () => {
    const { acts } = actPageSchema.parse(await call('GET', '/api/audit?limit=500'));
    const runs = acts.filter(({ action }) => action === 'action.run');
    expect(runs.length).toBeGreaterThan(8);
    for (const each of runs) {
      expect(each).toMatchObject({ approval: { by: 'local' }, result: expect.anything() });
      const own = acts.filter(({ requestId, seq }) => requestId === each.requestId && seq !== each.seq);
      for (const step of own) expect(step.approval).toEqual(each.approval);
      expect(Math.min(...own.map(({ seq }) => seq))).toBeGreaterThan(each.seq);
    }
    expect(await call('GET', '/api/audit/verify')).toMatchObject({ ok: true, unfinished: 0 });
  });
});
