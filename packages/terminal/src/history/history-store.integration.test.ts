import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HistoryStore } from './history-store.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarterdeck-history-'));
});
afterAll(() => rm(folder, { recursive: true }));

const day = 24 * 3_600_000;
const flip = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x55);
const seal = { seal: flip, open: flip };
const now = Date.parse('2026-11-22T12:00:00.000Z');
const entry = (id: string, command: string, more: object = {}) => ({
  id,
  session: 's',
  command,
  cwd: '/work',
  kube: null,
  exit: 0,
  startedAt: new Date(now).toISOString(),
  durationMs: 5,
  owner: 'ada',
  ...more,
});
const open = (file: string) =>
  HistoryStore.open(
    { file, seal, redact: (text) => text.replace('hunter2', '[redacted]'), now: () => now, limits: { entries: 5, ageMs: 7 * day } },
    (thrown) => {
      throw thrown;
    },
  );

describe('HistoryStore', () => {
  it('finds by words, cluster, outcome, folder and time; each command once; of its owner alone', async () => {
    const store = await open(join(folder, 'a', 'history'));
    store.add(entry('1', 'kubectl get pods', { kube: { context: 'prod', namespace: 'shop' } }));
    store.add(entry('2', 'make', { exit: 2 }));
    store.add(entry('3', 'make', { exit: 0 }));
    store.add(entry('4', 'make', { owner: 'bob' }));
    const find = (query: object) => store.find({ limit: 10, ...query }, 'ada').map(({ id }) => id);
    expect(find({})).toEqual(['3', '1']);
    expect(find({ text: 'PODS get' })).toEqual(['1']);
    expect(find({ context: 'prod' })).toEqual(['1']);
    expect(find({ exit: 'failed' })).toEqual(['2']);
    expect(find({ cwd: '/else' })).toEqual([]);
    expect(find({ until: '2026-11-21T00:00:00Z' })).toEqual([]);
    await expect(store.remove('4', 'ada')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await store.remove('3', 'ada');
    expect(find({ text: 'make' })).toEqual([]);
    expect(store.find({ limit: 10 }, null).map(({ id }) => id)).toEqual(['4', '1']);
    await store.close();
  });

  it('keeps no secret, nothing that begins with a space, and not more or longer than it may', async () => {
    const file = join(folder, 'b', 'history');
    const store = await open(file);
    store.add(entry('old', 'old', { startedAt: new Date(now - 8 * day).toISOString() }));
    store.add(entry('space', ' mysql -phunter2'));
    for (let index = 0; index < 7; index += 1) store.add(entry(`${index}`, `login hunter2 ${index}`));
    await store.close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(Buffer.from(flip(await readFile(file))).toString()).not.toMatch(/hunter2|mysql/);
    expect((await open(file)).find({ limit: 10 }, 'ada').map(({ command }) => command)).toEqual([6, 5, 4, 3, 2].map((index) => `login [redacted] ${index}`));
  });
});
