import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage, parseStorageUrl } from '@quarterdeck/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runQd } from '../testing.ts';
import { openActs } from './open-acts.ts';
import { withActs } from './with-acts.ts';

const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-cli-ledger-'));
const environment = { QUARTERDECK_STATE: folder, QUARTERDECK_KEY: Buffer.alloc(32, 1).toString('base64') };
const context = { environment, err: { write: () => undefined, columns: null, colour: false }, now: () => Date.parse('2026-01-01T00:00:00Z') };
const real = { environment, openActs: (cluster: string | null) => openActs(cluster, context) };
const qd = (...args: string[]) => runQd(args, real);
const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };

beforeAll(() =>
  withActs(real, 'east', async (acts) => {
    const act = await acts.begin({
      action: 'change.scale',
      target,
      input: { change: { verb: 'scale', replicas: 3 } },
      kubectl: 'kubectl scale deployment.apps/web -n shop --replicas=3',
    });
    await act.end({
      outcome: 'done',
      diff: '-  replicas: 2\n+  replicas: 3\n',
      undo: { change: null, kubectl: 'kubectl scale deployment.apps/web -n shop --replicas=2', note: null },
    });
    await acts.begin({ action: 'pod.exec', target: { ...target, kind: 'Pod' }, input: { command: ['printf', '\u001b[31mred'] }, kubectl: null });
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

describe('qd audit', () => {
  it('lists what was done, as a table and for programs, and says how to see the next page', async () => {
    const all = await qd('audit', 'list');
    expect(all.out.split('\n').map((line) => line.split(/ {3,}/).slice(2, 7).join('|'))).toEqual([
      'VIA|CLUSTER|ACTION|TARGET|OUTCOME',
      'cli|east|pod.exec|Pod shop/web|unfinished',
      'cli|east|change.scale|Deployment shop/web|done',
      '',
    ]);
    const paged = await qd('audit', 'list', '--limit', '1');
    expect(paged.err).toBe('There is more: --before 3\n');
    expect(JSON.parse((await qd('audit', 'list', '-o', 'json', '--outcome', 'done', '--before', '3')).out).acts).toHaveLength(1);
    expect(await qd('audit', 'list', '--actor', 'nobody')).toMatchObject({ code: 0, out: 'Nothing was done\n' });
    expect((await qd('audit', 'list', '--via', 'fax')).code).toBe(3);
  });

  it('shows one act with its diff and the way back, and nothing that a terminal would obey', async () => {
    const [exec, scale] = JSON.parse((await qd('audit', 'list', '-o', 'json')).out).acts;
    const shown = await qd('audit', 'show', scale.act);
    for (const part of ['Who:      ', 'Undo:     kubectl scale deployment.apps/web -n shop --replicas=2', '+  replicas: 3']) expect(shown.out).toContain(part);
    expect((await qd('audit', 'show', exec.act)).out).not.toContain('\u001b');
    expect((await qd('audit', 'show', 'none')).code).toBe(6);
  });

  it('checks the chain, with an anchor, and exports it', async () => {
    const whole = await qd('audit', 'verify');
    expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('1 acts without a known end') });
    const anchor = /anchor: (\S+)/.exec(whole.out)?.[1] ?? '';
    expect((await qd('audit', 'verify', '--anchor', anchor)).code).toBe(0);
    expect(
      await qd(
        'audit',
        'verify',
        '--anchor',
        anchor.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      ),
    ).toMatchObject({ code: 1, out: expect.stringContaining('NOT') });
    expect((await qd('audit', 'verify', '--anchor', 'x')).code).toBe(3);
    const file = join(folder, 'ledger.jsonl');
    await qd('audit', 'export', file);
    expect(readFileSync(file, 'utf8')).toBe((await qd('audit', 'export')).out);
    expect((await qd('audit', 'export', file)).code).toBe(7);
  });
});

describe('qd storage', () => {
  it('backs up what can be used in its place, and finds what was changed in it', async () => {
    const backup = join(folder, 'backup.db');
    expect(await qd('storage', 'backup', backup)).toMatchObject({ code: 0 });
    expect((await qd('storage', 'backup', backup)).code).toBe(7);
    const there = { environment: { ...environment, QUARTERDECK_STORAGE: `sqlite:${backup}` } };
    expect(await runQd(['storage', 'check'], there)).toMatchObject({ code: 0, out: expect.stringContaining('as it was written') });
    const opened = await openStorage(parseStorageUrl(`sqlite:${backup}`), { role: 'guest' });
    await opened.db.updateTable('ledger').set({ actor: 'eve' }).where('seq', '=', 1).execute();
    await opened.close();
    expect(await runQd(['storage', 'check'], there)).toMatchObject({ code: 1, out: expect.stringContaining('row 1: ') });
  });

  it('carries everything into an empty storage, and says in its ledger that it did', async () => {
    const file = join(folder, 'export.jsonl');
    expect((await qd('storage', 'export', file)).code).toBe(0);
    const other = { QUARTERDECK_STATE: join(folder, 'other') };
    const run = (...args: string[]) => runQd(args, { environment: other, openActs: (cluster) => openActs(cluster, { ...context, environment: other }) });
    expect(await run('storage', 'import', file)).toMatchObject({ code: 0, err: 'Took 4 rows.\n' });
    expect((await run('audit', 'list')).out).toContain('storage.import');
    expect((await run('audit', 'verify')).code).toBe(0);
    expect((await run('storage', 'import', file)).code).toBe(7);
    const empty = { environment: { QUARTERDECK_STATE: join(folder, 'third') } };
    expect((await runQd(['storage', 'import', join(folder, 'none')], empty)).code).toBe(6);
    writeFileSync(join(folder, 'broken.jsonl'), readFileSync(file, 'utf8').slice(0, -20));
    expect((await runQd(['storage', 'import', join(folder, 'broken.jsonl')], empty)).code).toBe(3);
    expect((await runQd(['audit', 'list'], empty)).out).toBe('Nothing was done\n');
  });

  it('is left alone while a workbench runs on it', async () => {
    const server = await openStorage(parseStorageUrl(`sqlite:${join(folder, 'quarterdeck.db')}`), { role: 'server' });
    const refused = await qd('storage', 'rotate-key');
    expect(refused).toMatchObject({ code: 7, err: expect.stringContaining('Another workbench') });
    await server.close();
    expect((await qd('storage', 'rotate-key')).code).toBe(12);
  });
});
