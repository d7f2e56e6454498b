import { type Action, type Change, type KubeObject, refOf, refTo, type StepDraft } from '@quarterdeck/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { MemoryActions, MemoryActs } from '../testing/memory-actions.ts';
import { WritableCluster } from '../testing/writable-cluster.ts';
import { ActionDesk } from './action-desk.ts';
import { approvalTime } from './propose-action.ts';
import { recoverActions } from './recover-actions.ts';

const { signal } = new AbortController();
const person = { id: 'ada', kind: 'person' as const };
const settings = refTo('ConfigMap', 'shop', 'settings');
const others = refTo('ConfigMap', 'shop', 'others');
const web = refTo('Deployment', 'shop', 'web');
const configMap = (name: string, data: object): KubeObject =>
  Object.assign({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' } }, { data });
const deployment = (
  replicas: number,
  status: object = { observedGeneration: 99, replicas, updatedReplicas: replicas, availableReplicas: replicas },
): KubeObject =>
  Object.assign(
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
    { spec: { replicas, selector: { matchLabels: { app: 'web' } } }, status },
  );
const set = (target: Change['target'], data: Record<string, string | null>): StepDraft => ({
  change: { verb: 'patch', target, patchType: 'merge', patch: { data } },
});

let cluster: WritableCluster;
let store: MemoryActions;
let acts: MemoryActs;
let clock: ManualClock;
let desk: ActionDesk;
let ids = 0;

beforeEach(() => {
  [cluster, store, acts, clock] = [new WritableCluster(), new MemoryActions(), new MemoryActs(), new ManualClock()];
  desk = newDesk();
  cluster.put(configMap('settings', { a: '1', keep: 'k' }));
  cluster.put(configMap('others', { a: '1' }));
  cluster.put(deployment(2));
});

function newDesk(): ActionDesk {
  return new ActionDesk({ store, clock, newId: () => `action-${++ids}`, onFault: (error) => expect.fail(String(error)) });
}

const propose = (...steps: StepDraft[]) => desk.propose(cluster, { issue: null, steps, leftOut: [], proposedBy: person }, signal);
const means = () => ({ access: cluster, acts: () => acts, issues: null });
const approve = ({ id, hash }: Action) => desk.approve(id, { hash, by: 'ada', note: null }, means(), signal);
const ended = async ({ id }: Action): Promise<Action> => {
  let last: Action | null = null;
  for await (const action of desk.follow(id, signal)) last = action;
  return last ?? expect.fail('nothing was told');
};
const carriedOut = async (...steps: StepDraft[]) => ended(await approve(await propose(...steps)));
const dataOf = (name: string) => Object.assign({ data: null }, cluster.read(configMap(name, {}))).data;

describe('a preview', () => {
  it('shows what would be and changes nothing', async () => {
    const action = await propose(set(settings, { a: '2' }));
    expect(action).toMatchObject({ state: 'previewed', obstacles: [], cluster: 'memory', title: 'Patch ConfigMap shop/settings' });
    expect(action.steps[0]).toMatchObject({
      kubectl: expect.stringContaining('kubectl patch configmap/settings'),
      preview: {
        diff: { fields: [{ path: '.data.a', before: '1', after: '2' }] },
        inverse: { change: { patch: { data: { a: '1' } } } },
        danger: { danger: 'write' },
      },
    });
    expect(cluster.writes).toEqual([]);
    expect(acts.begun).toEqual([]);
  });

  it('says which step would be refused, and can then not be approved', async () => {
    const action = await propose(set(settings, { a: '2' }), set(refTo('ConfigMap', 'shop', 'missing'), { a: '1' }));
    expect(action.obstacles).toEqual([expect.stringContaining('Step s2 is refused')]);
    await expect(approve(action)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('that would change nothing can not be approved', async () => {
    expect((await propose(set(settings, { a: '1' }))).obstacles).toEqual(['Nothing would change.']);
  });

  it('shows and stores no values of Secrets, and sends them all the same', async () => {
    const login: KubeObject = Object.assign(
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace: 'shop' } },
      { data: { password: 'b2xk' } },
    );
    cluster.put(login);
    const action = await propose({ change: { verb: 'patch', target: refOf(login), patchType: 'merge', patch: { data: { password: 'bmV3' } } } });
    expect(JSON.stringify([action, [...store.actions.values()]])).not.toMatch(/bmV3|b2xk/);
    expect(await ended(await approve(action))).toMatchObject({ state: 'succeeded' });
    expect(cluster.read(login)).toMatchObject({ data: { password: 'bmV3' } });
  });
});

describe('an approval', () => {
  it('runs what was previewed, intent first, and keeps how each step ended', async () => {
    const action = await carriedOut(set(settings, { a: '2' }), set(others, { b: '3' }));
    expect(action).toMatchObject({
      state: 'succeeded',
      approval: { by: 'ada' },
      steps: [{ run: { state: 'done', act: 'act-2' } }, { run: { state: 'done', act: 'act-3' } }],
    });
    expect(acts.begun.map(({ action: name }) => name)).toEqual(['action.run', 'change.patch', 'change.patch']);
    expect([...acts.ended.values()]).toEqual(['done', 'done', 'done']);
    expect([dataOf('settings'), dataOf('others')]).toEqual([
      { a: '2', keep: 'k' },
      { a: '1', b: '3' },
    ]);
  });

  it('is for exactly one preview', async () => {
    const action = await propose(set(settings, { a: '2' }));
    await expect(desk.approve(action.id, { hash: 'another', by: 'ada', note: null }, means(), signal)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(cluster.writes).toEqual([]);
  });

  it('begins nothing that somebody put aside while it was tried once more', async () => {
    const action = await propose(set(settings, { a: '2' }));
    const kinds = cluster.kinds.bind(cluster);
    let aside: Promise<Action> | null = null;
    cluster.kinds = async () => {
      aside ??= desk.stop(action.id, acts);
      await aside;
      return kinds();
    };
    await expect(approve(action)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('it is stopped') });
    expect([(await desk.get(action.id)).state, dataOf('settings')]).toEqual(['stopped', { a: '1', keep: 'k' }]);
  });

  it('counts once, whoever approves at the same time', async () => {
    const action = await propose(set(settings, { a: '2' }));
    const outcomes = await Promise.allSettled([approve(action), approve(action), approve(action)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await ended(action);
    expect(cluster.writes).toHaveLength(1);
    await expect(approve(action)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is refused with a fresh preview where the object is another one now', async () => {
    const action = await propose(set(settings, { a: '2' }));
    cluster.put(configMap('settings', { a: '7', keep: 'k' }));
    const refused: unknown = await approve(action).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'CONFLICT', details: { reason: 'ChangedSincePreview', fresh: expect.any(String) } });
    expect(cluster.writes).toEqual([]);
    expect(await desk.get(action.id)).toMatchObject({ state: 'expired' });
    const fresh = (await desk.list({ state: 'previewed' }, { limit: 10 })).actions[0] ?? expect.fail('no fresh preview');
    expect(fresh.steps[0]?.preview?.diff.fields).toMatchObject([{ before: '7', after: '2' }]);
    expect(await ended(await approve(fresh))).toMatchObject({ state: 'succeeded' });
  });

  it('outlives that a controller writes a status', async () => {
    const action = await propose({ change: { verb: 'patch', target: web, patchType: 'merge', patch: { spec: { minReadySeconds: 3 } } } });
    cluster.put(deployment(2, { observedGeneration: 99, replicas: 2, updatedReplicas: 2, availableReplicas: 2, note: 'another status' }));
    let writes = 0;
    cluster.beforeWrite = () => {
      if (++writes === 1) cluster.put(deployment(2, { observedGeneration: 99, replicas: 2, updatedReplicas: 2, availableReplicas: 2, note: 'a third one' }));
    };
    expect(await ended(await approve(action))).toMatchObject({ state: 'succeeded' });
    expect(writes).toBe(2);
  });

  it('does not cover what somebody changes at the very last moment', async () => {
    const action = await propose(set(settings, { a: '2' }));
    cluster.beforeWrite = () => void cluster.put(configMap('settings', { a: '7', keep: 'k' }));
    expect(await ended(await approve(action))).toMatchObject({ state: 'failed', steps: [{ run: { state: 'failed', error: { code: 'CONFLICT' } } }] });
    expect(dataOf('settings')).toEqual({ a: '7', keep: 'k' });
  });

  it('ends after a while', async () => {
    const action = await propose(set(settings, { a: '2' }));
    clock.advance(approvalTime);
    expect(await desk.get(action.id)).toMatchObject({ state: 'expired' });
    await expect(approve(action)).rejects.toMatchObject({ code: 'CONFLICT', hint: 'Preview it again.' });
  });

  it('whose intent can not be stored does nothing', async () => {
    const action = await propose(set(settings, { a: '2' }));
    acts.fails = true;
    expect(await approve(action)).toMatchObject({ state: 'failed' });
    expect(cluster.writes).toEqual([]);
  });
});

describe('a run', () => {
  const unready = { observedGeneration: 99, replicas: 2, updatedReplicas: 0, availableReplicas: 0 };
  const restart: StepDraft = {
    change: { verb: 'patch', target: web, patchType: 'merge', patch: { spec: { template: { metadata: { labels: { v: '2' } } } } } },
  };
  const condition = { type: 'rolloutComplete' as const, target: web };

  it('stops at the first step that fails, and takes back in reverse order what was made', async () => {
    const action = await propose(set(settings, { a: '2' }), set(others, { a: '2' }), set(settings, { b: '3' }));
    cluster.beforeWrite = (path) => {
      if (path.endsWith('others')) cluster.put(configMap('others', { a: 'by somebody else' }));
    };
    const failed = await ended(await approve(action));
    expect(failed).toMatchObject({ state: 'failed', steps: [{ run: { state: 'done' } }, { run: { state: 'failed' } }, { run: { state: 'skipped' } }] });
    cluster.beforeWrite = () => undefined;
    const undo = await desk.undo(cluster, failed.id, person, signal);
    expect(undo).toMatchObject({ state: 'previewed', undoes: failed.id, steps: [{ change: { target: settings } }] });
    expect(await ended(await approve(undo))).toMatchObject({ state: 'succeeded' });
    expect(dataOf('settings')).toEqual({ a: '1', keep: 'k' });
    expect(await desk.get(failed.id)).toMatchObject({ state: 'rolledBack', undoneBy: undo.id });
    await expect(desk.undo(cluster, failed.id, person, signal)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('waits until what a step is for is true', async () => {
    cluster.put(deployment(2, unready));
    const running = await approve(await propose({ ...restart, until: [condition] }));
    await expect
      .poll(async () => (await desk.get(running.id)).steps[0]?.run.validation)
      .toMatchObject([{ state: 'waiting', message: expect.stringContaining('0 out of 2') }]);
    const live = cluster.read(deployment(2)) ?? expect.fail('gone');
    cluster.put(Object.assign(structuredClone(live), { status: { observedGeneration: 99, replicas: 2, updatedReplicas: 2, availableReplicas: 2 } }));
    expect(await ended(running)).toMatchObject({ state: 'succeeded', steps: [{ run: { state: 'done', validation: [{ state: 'met' }] } }] });
  });

  it('fails where it does not become true in time, and says what was seen last', async () => {
    cluster.put(deployment(2, unready));
    const running = await approve(await propose({ ...restart, until: [condition], timeoutSeconds: 30 }, set(settings, { a: '2' })));
    await expect.poll(async () => (await desk.get(running.id)).state).toBe('validating');
    await expect.poll(() => clock.sleeps).toContain(30_000);
    clock.advance(30_000);
    const failed = await ended(running);
    expect(failed).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('did not become true in 30 s'),
      steps: [{ run: { validation: [{ state: 'timedOut' }] } }, { run: { state: 'skipped' } }],
    });
    expect((await desk.undo(cluster, failed.id, person, signal)).steps).toHaveLength(1);
  });

  it('is stopped by a person; what was made can be taken back', async () => {
    cluster.put(deployment(2, unready));
    const running = await approve(await propose({ ...restart, until: [condition] }, set(settings, { a: '2' })));
    await expect.poll(async () => (await desk.get(running.id)).state).toBe('validating');
    await desk.stop(running.id, acts);
    expect(await ended(running)).toMatchObject({ state: 'stopped', steps: [{ run: { state: 'done' } }, { run: { state: 'skipped' } }] });
    expect(dataOf('settings')).toEqual({ a: '1', keep: 'k' });
    expect(acts.begun.map(({ action }) => action)).toContain('action.stop');
  });

  it('is told as it is when the workbench ends, and the next one can take back what was made', async () => {
    cluster.put(deployment(2, unready));
    const running = await approve(await propose({ ...restart, until: [condition] }, set(settings, { a: '2' })));
    await expect.poll(async () => (await desk.get(running.id)).state).toBe('validating');
    await desk.close();
    const left = await newDesk().get(running.id);
    expect(left).toMatchObject({
      state: 'interrupted',
      reason: expect.stringContaining('nobody waited'),
      steps: [{ run: { state: 'done' } }, { run: { state: 'skipped' } }],
    });
    expect(acts.ended.get('act-1')).toBe('cancelled');
    expect((await newDesk().undo(cluster, running.id, person, signal)).steps).toHaveLength(1);
  });

  it('that is cut off in the middle of a request says whether that was made', async () => {
    const action = await propose(set(settings, { a: '2' }), set(others, { a: '2' }));
    const closing = Promise.withResolvers<void>();
    cluster.beforeWrite = () => {
      desk.close().then(closing.resolve, closing.reject);
    };
    await approve(action);
    await closing.promise;
    const left = await newDesk().get(action.id);
    expect(left.state).toBe('interrupted');
    expect(left.steps.map(({ run }) => run.state)).toEqual([JSON.stringify(dataOf('settings')).includes('"a":"2"') ? 'done' : 'failed', 'skipped']);
  });

  it('that the workbench leaves is looked up by the next one', async () => {
    cluster.put(deployment(2, unready));
    const running = await approve(await propose({ ...restart, until: [condition] }, set(settings, { a: '2' })));
    await expect.poll(async () => (await store.get(running.id))?.state).toBe('validating');
    // As it is in the storage of one that was killed: whoever carried it out is not heard of any more.
    const left = (await store.get(running.id)) ?? expect.fail('not kept');
    await desk.close();
    await store.put({ ...left, endedAt: null }, clock.now() - 1);
    const look = {
      store,
      now: clock.now,
      access: async () => cluster,
      outcomeOf: async (act: string) => acts.ended.get(act) ?? null,
      unfinished: async () => [],
      endAct: async () => undefined,
    };
    expect(await recoverActions(look, signal)).toBe(1);
    expect(await store.get(running.id)).toMatchObject({
      ...{ state: 'interrupted', reason: expect.stringContaining('nobody waited') },
      steps: [{ run: { state: 'done', undo: { change: expect.anything() } } }, { run: { state: 'skipped' } }],
    });
    expect(await recoverActions(look, signal)).toBe(0);
  });
});

describe('a step whose end nobody wrote down', () => {
  const cutOff = async (draft: StepDraft, meanwhile: () => void) => {
    const action = await propose(draft);
    const [step] = action.steps;
    if (step === undefined) return expect.fail('no step');
    await store.put({ ...action, state: 'running', steps: [{ ...step, run: { ...step.run, state: 'running', act: 'lost' } }] }, clock.now() - 1);
    meanwhile();
    const told: string[] = [];
    const endAct = async (act: string, outcome: string) => void told.push(`${act}: ${outcome}`);
    await recoverActions(
      { store, now: clock.now, access: async () => cluster, outcomeOf: async () => null, unfinished: async () => ['the run', 'lost'], endAct },
      signal,
    );
    return { state: (await store.get(action.id))?.steps[0]?.run.state, told };
  };

  it.each<[string, StepDraft, () => void, string]>([
    ['a patch that was made', set(settings, { a: '2' }), () => cluster.put(configMap('settings', { a: '2', keep: 'k' })), 'done'],
    ['a patch that was not made', set(settings, { a: '2' }), () => undefined, 'failed'],
    ['a patch over which somebody wrote', set(settings, { a: '2' }), () => cluster.put(configMap('settings', { a: '9' })), 'unknown'],
    [
      'a creation that was made',
      { change: { verb: 'create', target: refTo('ConfigMap', 'shop', 'new'), manifest: { ...configMap('new', {}) } } },
      () => cluster.put(configMap('new', {})),
      'done',
    ],
  ])('%s', async (_name, draft, meanwhile, state) => {
    const found = await cutOff(draft, meanwhile);
    expect(found).toEqual({ state, told: [...(state === 'unknown' ? [] : [`lost: ${state}`]), 'the run: cancelled'] });
  });
});

describe('previewing it once more', () => {
  it('takes the steps as they were, on the state of now; one that runs is not repeated', async () => {
    const first = await propose(set(settings, { a: '2' }));
    await expect(desk.repeat(cluster, first.id, person, signal)).rejects.toMatchObject({ code: 'CONFLICT' });
    clock.advance(approvalTime + 1);
    cluster.put(configMap('settings', { a: '7' }));
    const again = await desk.repeat(cluster, first.id, { id: 'bob', kind: 'person' }, signal);
    expect(again).toMatchObject({ state: 'previewed', title: first.title, proposedBy: { id: 'bob' } });
    expect(again.steps[0]?.preview?.diff.fields).toEqual([{ path: '.data.a', type: 'changed', before: '7', after: '2' }]);
  });

  it('keeps what was to be put into a Secret, and does not make up what it never had', async () => {
    const login: KubeObject = Object.assign(
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace: 'shop' } },
      { data: { password: 'b2xk' } },
    );
    const change: Change = { verb: 'patch', target: refOf(login), patchType: 'merge', patch: { data: { password: 'bmV3' } } };
    const refused = await propose({ change });
    clock.advance(approvalTime + 1);
    await expect(desk.repeat(cluster, refused.id, person, signal)).rejects.toMatchObject({ code: 'CONFLICT', hint: 'Propose it anew.' });
    cluster.put(login);
    const held = await propose({ change });
    clock.advance(approvalTime + 1);
    await ended(await approve(await desk.repeat(cluster, held.id, person, signal)));
    expect(cluster.read(login)).toMatchObject({ data: { password: 'bmV3' } });
  });
});

it('tells whoever listens of what is made, and of how it goes', async () => {
  const told: string[] = [];
  const end = desk.onAction(({ state }) => told.push(state));
  await carriedOut(set(settings, { a: '2' }));
  end();
  await propose(set(settings, { a: '3' }));
  expect(told.filter((state, index) => state !== told[index - 1])).toEqual(['previewed', 'approved', 'running', 'succeeded']);
});
