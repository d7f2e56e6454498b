import { type Action, refTo } from '@quarterdeck/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenStorage, openStorage } from '../database/open-storage.ts';
import { actLog } from '../ledger/act-log.ts';
import { closeAct, outcomeOfAct, unfinishedOfRun } from '../ledger/close-act.ts';
import { Ledger } from '../ledger/ledger.ts';
import { verifyLedger } from '../ledger/verify-ledger.ts';
import { newKey, SecretBox } from '../secrets/secret-box.ts';
import { SecretStore } from '../secrets/secret-store.ts';
import { startEngines, type TestEngines } from '../testing/engines.ts';
import { ada, scaling } from '../testing/sample-records.ts';
import { StoredActions } from './action-store.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const day = 86_400_000;
const secret = ['sword', 'fish'].join('');

function action(id: string, change: Partial<Action> = {}): Action {
  const createdAt = new Date(now).toISOString();
  return {
    ...{ id, cluster: 'dev', title: id, issue: null, state: 'previewed', reason: null, proposedBy: { id: 'ada', kind: 'person' }, createdAt },
    ...{ expiresAt: createdAt, hash: 'h', steps: [], leftOut: [], obstacles: [], validation: [], approval: null, startedAt: null, endedAt: null },
    ...{ undoes: null, undoneBy: null },
    ...change,
  };
}

const prepared = {
  ...{ stepId: 's1', mark: 'uid@7', until: [], timeoutSeconds: 60, digest: 'd', untried: false },
  inverse: { change: null, kubectl: null, note: 'None.' },
  change: { verb: 'patch' as const, target: refTo('Secret', 'shop', 'login'), patchType: 'merge' as const, patch: { stringData: { password: secret } } },
};

let engines: TestEngines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.close());

describe.each(['sqlite', 'postgres'] as const)('actions on %s', (engine) => {
  let storage: OpenStorage;
  let clock = now;
  let store: StoredActions;

  beforeEach(async ({ skip }) => {
    skip(!engines.has(engine), 'PostgreSQL is not installed');
    storage = await openStorage(await engines.newUrl(engine), { role: 'guest' });
    clock = now;
    const secrets = new SecretStore(storage.db, new SecretBox(newKey()));
    store = new StoredActions(
      storage.db,
      async () => secrets,
      () => clock,
    );
    return () => storage.close();
  });

  it('are kept as they were, and found by what they are, page by page, newest first', async () => {
    for (const [index, state] of (['previewed', 'failed', 'succeeded', 'failed'] as const).entries()) {
      await store.put(action(`a${index}`, { state, issue: index > 1 ? 'i' : null }), null);
    }
    await store.put(action('a0', { state: 'expired' }), null);
    expect(await store.get('a0')).toEqual(action('a0', { state: 'expired' }));
    expect(await store.get('none')).toBeNull();
    const ids = async (filter: object, page = { limit: 10 }) => (await store.list(filter, page)).actions.map(({ id }) => id);
    expect(await ids({})).toEqual(['a3', 'a2', 'a1', 'a0']);
    expect(await ids({ state: 'failed' })).toEqual(['a3', 'a1']);
    expect(await ids({ issue: 'i', cluster: 'dev' })).toEqual(['a3', 'a2']);
    expect(await store.list({}, { limit: 2 })).toMatchObject({ next: 'a2' });
    expect(await ids({}, { limit: 2, ...{ before: 'a2' } })).toEqual(['a1', 'a0']);
  });

  it('keep what carrying them out needs, and nobody reads that in the tables', async () => {
    const kept = { prepared: [prepared], undos: { s1: prepared.inverse } };
    await store.keep('a', kept);
    expect(await store.kept('a')).toEqual(kept);
    expect(await store.kept('b')).toBeNull();
    expect(JSON.stringify(await storage.db.selectFrom('secrets').selectAll().execute())).not.toContain(secret);
  });

  it('are approved once, whoever does so at the same time', async () => {
    const approvals = await Promise.all(Array.from({ length: 8 }, (_, by) => store.approve('a', { hash: 'h', by: String(by), at: now })));
    expect(approvals.filter(Boolean)).toHaveLength(1);
  });

  it('are left when nobody was heard of for a while', async () => {
    await store.put(action('held', { state: 'running' }), now + 1000);
    await store.put(action('left', { state: 'validating' }), now - 1);
    await store.put(action('ended', { state: 'succeeded' }), null);
    expect((await store.abandoned(now)).map(({ id }) => id)).toEqual(['left']);
  });

  it('are taken away when they are old: those that nobody approved soon', async () => {
    for (const id of ['proposed', 'approved']) {
      await store.put(action(id), null);
      await store.keep(id, { prepared: [], undos: {} });
    }
    await store.approve('approved', { hash: 'h', by: 'ada', at: now });
    clock = now + 2 * day;
    expect(await store.prune()).toBe(1);
    expect([await store.get('proposed'), await store.kept('proposed')]).toEqual([null, null]);
    expect(await store.get('approved')).not.toBeNull();
    clock = now + 91 * day;
    expect(await store.prune()).toBe(1);
  });

  it('leave acts whose end is found out later, once', async () => {
    const ledger = new Ledger(storage.db);
    const { id } = await actLog(ledger, ada, { now: () => now, onLate: (error) => expect.fail(error.message) }).begin(scaling('web'));
    expect(await outcomeOfAct(storage.db, id)).toBeNull();
    await closeAct(ledger, id, { outcome: 'failed', note: 'It was looked up.', at: now });
    await closeAct(ledger, id, { outcome: 'done', note: 'Again.', at: now });
    expect(await outcomeOfAct(storage.db, id)).toBe('failed');
    expect(await verifyLedger(storage.db)).toMatchObject({ ok: true, unfinished: 0 });
  });

  it('leave the acts of a run, and of its steps, that did not end', async () => {
    const ledger = new Ledger(storage.db);
    const log = (requestId: string) => actLog(ledger, { ...ada, requestId }, { now: () => now, onLate: (error) => expect.fail(error.message) });
    const draft = (name: string) => ({ action: 'action.run' as const, target: null, input: { action: name }, kubectl: null });
    const run = await log('r1').begin(draft('one'));
    const step = await log('r1').begin(scaling('web'));
    const made = await log('r1').begin(scaling('api'));
    await made.end({ outcome: 'done' });
    await log('r2').begin(draft('two'));
    expect(new Set(await unfinishedOfRun(storage.db, 'one'))).toEqual(new Set([run.id, step.id]));
    expect(await unfinishedOfRun(storage.db, 'three')).toEqual([]);
  });
});
