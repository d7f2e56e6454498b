import { statSync } from 'node:fs';
import type { ActEnd } from '@quarterdeck/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenStorage, openStorage } from './database/open-storage.ts';
import type { StorageUrl } from './database/storage-url.ts';
import { actLog } from './ledger/act-log.ts';
import { Ledger } from './ledger/ledger.ts';
import { pruneLedger } from './ledger/prune-ledger.ts';
import { readAct, readActs, readEntries } from './ledger/read-acts.ts';
import { verifyLedger } from './ledger/verify-ledger.ts';
import { newKey, SecretBox } from './secrets/secret-box.ts';
import { SecretStore } from './secrets/secret-store.ts';
import { deleteDismissals, putDismissal, readDismissals } from './state/dismissals.ts';
import { forgetForward, readForwards, writeForward } from './state/forwards.ts';
import { startEngines, type TestEngines } from './testing/engines.ts';
import { ada, scaling } from './testing/sample-records.ts';
import { sampleTeam } from './testing/sample-team.ts';
import { exportStorage } from './transfer/export-storage.ts';
import { importStorage } from './transfer/import-storage.ts';
import { storageStatus } from './transfer/storage-status.ts';

let engines: TestEngines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.close());

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(...line.split('\n').filter((text) => text !== ''));
  return all;
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

/** What every engine promises. */
describe.each(['sqlite', 'postgres'] as const)('a storage on %s', (engine) => {
  beforeEach(({ skip }) => skip(!engines.has(engine), 'PostgreSQL is not installed'));
  const newUrl = () => engines.newUrl(engine);

  const opened: OpenStorage[] = [];
  const open = async (url?: StorageUrl) => {
    const storage = await openStorage(url ?? (await newUrl()), { role: 'guest' });
    opened.push(storage);
    return storage;
  };
  afterAll(() => Promise.all(opened.map((storage) => storage.close())));

  /** Time goes on by a second with each look. */
  const clock = (start = Date.parse('2026-01-01T00:00:00Z')) => {
    let now = start;
    return () => (now += 1000);
  };
  const log = (ledger: Ledger, now = clock(), acting = ada) => actLog(ledger, acting, { now, onLate: (error) => expect.fail(error.message) });
  const act = async (ledger: Ledger, name: string, end: ActEnd | null = { outcome: 'done' }, now = clock()) => {
    const begun = await log(ledger, now).begin(scaling(name));
    if (end !== null) await begun.end(end);
    return begun.id;
  };

  it('keeps what was written for whoever opens it next, and brings its tables up to date once', async () => {
    const url = await newUrl();
    const [one, two] = await Promise.all([open(url), open(url)]);
    await act(new Ledger(one.db), 'web');
    expect((await readActs(two.db, {}, { limit: 10 })).acts).toMatchObject([{ action: 'change.scale', target: { name: 'web' }, result: { outcome: 'done' } }]);
    const names = (await two.db.selectFrom('migrations').select('name').execute()).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('says how much it keeps and where, without a password', async () => {
    const storage = await open();
    await act(new Ledger(storage.db), 'web');
    const { label, size, tables } = await storageStatus(storage);
    expect(label).not.toMatch(/:[^/]+@/);
    expect(size).toBeGreaterThan(4_000);
    expect(tables).toContainEqual({ name: 'ledger', rows: 2 });
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['actions', 'users', 'migrations']));
  });

  it('refuses tables of a newer version', async () => {
    const url = await newUrl();
    const storage = await open(url);
    await storage.db.insertInto('migrations').values({ name: '9999-future', at: 0 }).execute();
    await expect(openStorage(url, { role: 'guest' })).rejects.toMatchObject({ code: 'UNSUPPORTED', message: expect.stringContaining('9999-future') });
  });

  it('makes one chain of what several append at the same time', async () => {
    const url = await newUrl();
    const ledgers = (await Promise.all([open(url), open(url), open(url)])).map(({ db }) => new Ledger(db));
    await Promise.all(ledgers.flatMap((ledger) => Array.from({ length: 40 }, (_, index) => act(ledger, `web-${index}`))));
    expect(await verifyLedger((await open(url)).db)).toMatchObject({ ok: true, rows: 240, from: 1, faults: [], unfinished: 0, head: { seq: 240 } });
  });

  it('finds acts by what they were, page by page, newest first', async () => {
    const { db } = await open();
    const ledger = new Ledger(db);
    const now = clock();
    for (const name of ['a', 'b', 'c']) await act(ledger, name, { outcome: 'done' }, now);
    const cut = await act(ledger, 'd', null, now);
    const agent = actLog(ledger, { actor: { id: 'mcp', kind: 'agent' }, via: 'mcp', cluster: 'west', requestId: null }, { now, onLate: () => undefined });
    const failing = await agent.begin({
      action: 'pod.exec',
      target: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'a' },
      input: { command: ['ls'] },
      kubectl: null,
    });
    await failing.end({ outcome: 'failed', error: { code: 'FORBIDDEN', message: 'no' } });
    const names = async (filter: Parameters<typeof readActs>[1]) => (await readActs(db, filter, { limit: 10 })).acts.map(({ target }) => target?.name);
    expect(await names({})).toEqual(['a', 'd', 'c', 'b', 'a']);
    expect(await names({ action: 'change' })).toEqual(['d', 'c', 'b', 'a']);
    expect(await names({ action: 'pod.exec', via: 'mcp', cluster: 'west', outcome: 'failed' })).toEqual(['a']);
    expect(await names({ outcome: 'unfinished' })).toEqual(['d']);
    expect(await names({ actor: 'ada', name: 'a', kind: 'Deployment', namespace: 'shop' })).toEqual(['a']);
    expect(await names({ since: '2026-01-01T00:00:03Z', until: '2026-01-01T00:00:04Z' })).toEqual(['b']);
    const first = await readActs(db, { actor: 'ada' }, { limit: 3 });
    const second = await readActs(db, { actor: 'ada' }, { limit: 3, before: first.next ?? 0 });
    expect([...first.acts, ...second.acts].map(({ target }) => target?.name)).toEqual(['d', 'c', 'b', 'a']);
    expect(second.next).toBeNull();
    expect(await readAct(db, cut)).toMatchObject({ act: cut, result: null, kubectl: expect.stringContaining('--replicas=3') });
    await expect(readAct(db, 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await verifyLedger(db)).toMatchObject({ ok: true, unfinished: 1 });
  });

  it('tells every way in which rows were changed, taken away or added', async () => {
    const { db } = await open();
    const ledger = new Ledger(db);
    for (const name of ['a', 'b', 'c']) await act(ledger, name);
    const { head } = await verifyLedger(db);
    const spoiled = async (spoil: () => Promise<unknown>, anchor?: { seq: number; hash: string }) => {
      await spoil();
      const { faults } = await verifyLedger(db, anchor);
      return faults.map(({ seq }) => seq);
    };
    const row = await db.selectFrom('ledger').selectAll().where('seq', '=', 3).executeTakeFirstOrThrow();
    const put = (values: object) => db.updateTable('ledger').set(values).where('seq', '=', 3).execute();
    expect(await spoiled(() => put({ record: row.record.replace('"b"', '"x"') }))).toEqual([3]);
    expect(await spoiled(() => put({ record: row.record, actor: 'eve' }))).toEqual([3]);
    expect(await spoiled(() => put({ actor: row.actor, previous: '0'.repeat(64) }))).toEqual([3, 3]);
    expect(await spoiled(() => put({ previous: row.previous }))).toEqual([]);
    expect(await spoiled(() => db.deleteFrom('ledger').where('seq', '=', 3).execute())).toEqual([4]);
    await db.insertInto('ledger').values(row).execute();
    expect(await spoiled(() => db.deleteFrom('ledger').where('seq', '=', 6).execute())).toEqual([5]);
    const fifth = await db.selectFrom('ledger').select(['seq', 'hash']).where('seq', '=', 5).executeTakeFirstOrThrow();
    // Whoever may write everything cuts off the end so that it fits: only the anchor tells.
    await db.updateTable('ledger_head').set(fifth).execute();
    expect(await spoiled(async () => undefined)).toEqual([]);
    expect(await spoiled(async () => undefined, fifth)).toEqual([]);
    expect(await spoiled(async () => undefined, head)).toEqual([6]);
  });

  it('takes away what is too old or too much, and what is kept still proves itself', async () => {
    const { db } = await open();
    const ledger = new Ledger(db);
    const start = Date.parse('2025-01-01T00:00:00Z');
    for (const name of ['old', 'older']) await act(ledger, name, { outcome: 'done' }, clock(start));
    const recent = start + 300 * 86_400_000;
    for (const name of ['a', 'b', 'c']) await act(ledger, name, { outcome: 'done' }, clock(recent));
    expect(await pruneLedger(ledger, { days: 100, rows: 1000 }, recent)).toBe(4);
    expect(await verifyLedger(db)).toMatchObject({ ok: true, from: 5, rows: 8 });
    expect((await readActs(db, { action: 'ledger.prune' }, { limit: 5 })).acts).toMatchObject([
      { actor: { id: 'retention' }, result: { detail: { from: 1, to: 4 } } },
    ]);
    expect(await pruneLedger(ledger, { days: 100, rows: 4 }, recent)).toBe(4);
    expect(await pruneLedger(ledger, { days: 100, rows: 1000 }, recent)).toBe(0);
    expect(await verifyLedger(db)).toMatchObject({ ok: true, from: 9, rows: 6 });
  });

  it('keeps dismissals and port-forwards', async () => {
    const { db } = await open();
    const dismissal = { cluster: 'east', issueId: 'i1', reason: 'known', at: '2026-01-01T00:00:00Z', by: 'ada' };
    await putDismissal(db, dismissal);
    await putDismissal(db, { ...dismissal, reason: 'still known' });
    await putDismissal(db, { ...dismissal, issueId: 'i2', at: '2026-01-02T00:00:00Z' });
    await deleteDismissals(db, 'west', ['i2']);
    expect((await readDismissals(db)).map(({ issueId, reason }) => [issueId, reason])).toEqual([
      ['i1', 'still known'],
      ['i2', 'known'],
    ]);
    await deleteDismissals(db, 'east', ['i1', 'i2']);
    expect(await readDismissals(db)).toEqual([]);
    const forward = {
      id: 'f1',
      cluster: 'east',
      kind: 'Pod',
      namespace: 'shop',
      name: 'web',
      ports: [{ local: 8080, remote: 80 }],
      address: '127.0.0.1',
      autostart: true,
    };
    await writeForward(db, { ...forward, id: 'f2' }, 2);
    await writeForward(db, forward, 1);
    await writeForward(db, { ...forward, autostart: false }, 9);
    expect((await readForwards(db)).map(({ id, autostart }) => [id, autostart])).toEqual([
      ['f1', false],
      ['f2', true],
    ]);
    await forgetForward(db, 'f1');
    expect(await readForwards(db)).toMatchObject([{ id: 'f2' }]);
  });

  it('seals credentials, each to its name, and seals them anew with another key', async () => {
    const { db } = await open();
    const [old, fresh] = [newKey(), newKey()];
    const store = new SecretStore(db, new SecretBox(old));
    await store.put('provider/x', 'hunter2', 1);
    await store.put('provider/y', 'swordfish', 1);
    const stored = JSON.stringify(await db.selectFrom('secrets').selectAll().execute());
    expect(stored).not.toContain('hunter2');
    expect(await store.get('provider/x')).toBe('hunter2');
    expect(await store.get('none')).toBeNull();
    const rotated = new SecretStore(db, new SecretBox(fresh, [old]));
    expect(await rotated.reseal()).toBe(2);
    expect(await rotated.reseal()).toBe(0);
    expect(await store.unreadable()).toEqual(['provider/x', 'provider/y']);
    const only = new SecretStore(db, new SecretBox(fresh));
    expect([await only.get('provider/x'), await only.names()]).toEqual(['hunter2', ['provider/x', 'provider/y']]);
    // One sealed value in place of another.
    const { sealed } = await db.selectFrom('secrets').select('sealed').where('name', '=', 'provider/x').executeTakeFirstOrThrow();
    await db.updateTable('secrets').set({ sealed }).where('name', '=', 'provider/y').execute();
    await expect(only.get('provider/y')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });

  it('undoes everything of a transaction that fails', async () => {
    const { db } = await open();
    const put = (issueId: string) => putDismissal(db, { cluster: 'c', issueId, reason: '', at: '', by: '' });
    await put('kept');
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('dismissals').execute();
      await transaction
        .insertInto('facts')
        .values([{ name: 'n', value: '1' }])
        .execute();
      await transaction
        .insertInto('facts')
        .values([{ name: 'n', value: '2' }])
        .execute();
    });
    await expect(failing).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await readDismissals(db)).toHaveLength(1);
  });

  it('can be carried to the other engine and back, whole or not at all', async () => {
    const source = await open();
    const ledger = new Ledger(source.db);
    for (const name of ['a', 'b']) await act(ledger, name);
    await pruneLedger(ledger, { days: 100_000, rows: 3 }, Date.now());
    await putDismissal(source.db, { cluster: 'c', issueId: 'i', reason: 'r', at: 'a', by: 'b' });
    await sampleTeam(source.db);
    const lines = await collect(exportStorage(source.db, 0));
    for (const other of (['sqlite', 'postgres'] as const).filter((name) => engines.has(name))) {
      const target = await open(await engines.newUrl(other));
      const broken: [string, string[]][] = [
        ['cut off', lines.slice(0, -1)],
        ['a row less', lines.toSpliced(3, 1)],
        ['not understood', [...lines.slice(0, 2), '{"table":"others"}', ...lines.slice(2)]],
        ['changed', lines.map((line) => line.replace('\\"name\\":\\"b\\"', '\\"name\\":\\"x\\"'))],
      ];
      for (const [what, bad] of broken) await expect(importStorage(target.db, each(bad)), what).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
      await importStorage(target.db, each(lines));
      expect((await collect(exportStorage(target.db, 0))).join('\n')).toBe(lines.join('\n'));
      await expect(importStorage(target.db, each(lines))).rejects.toMatchObject({ code: 'CONFLICT' });
      await act(new Ledger(target.db), 'after');
      expect(await verifyLedger(target.db)).toMatchObject({ ok: true });
    }
  });

  it('gives the rows as they were hashed', async () => {
    const { db } = await open();
    await act(new Ledger(db), 'a');
    const entries = [];
    for await (const entry of readEntries(db)) entries.push(entry);
    expect(entries).toMatchObject([
      { seq: 1, record: { phase: 'intent' } },
      { seq: 2, previous: entries[0]?.hash, record: { phase: 'result' } },
    ]);
  });
});

describe('a storage on SQLite', () => {
  it('belongs to its owner alone, and to one server at a time', async () => {
    const url = await engines.newUrl('sqlite');
    const server = await openStorage(url, { role: 'server' });
    if (url.engine === 'sqlite') expect((statSync(url.path).mode & 0o777).toString(8)).toBe('600');
    await expect(openStorage(url, { role: 'server' })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(`process ${process.pid}`) });
    const command = await openStorage(url, { role: 'guest' });
    await putDismissal(command.db, { cluster: 'c', issueId: 'i', reason: '', at: '', by: '' });
    expect(await readDismissals(server.db)).toHaveLength(1);
    await Promise.all([command.close(), server.close()]);
    await (await openStorage(url, { role: 'server' })).close();
  });

  it('writes through to the disk', async () => {
    const storage = await openStorage(await engines.newUrl('sqlite'), { role: 'guest' });
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(storage.db);
    expect(rows).toEqual([{ synchronous: 2 }]);
    await storage.close();
  });
});
