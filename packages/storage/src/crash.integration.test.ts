import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage } from './database/open-storage.ts';
import { parseStorageUrl } from './database/storage-url.ts';
import { actLog } from './ledger/act-log.ts';
import { Ledger } from './ledger/ledger.ts';
import { verifyLedger } from './ledger/verify-ledger.ts';
import { crashTrial } from './testing/crash-trial.ts';
import { canHavePostgres, type PostgresServer, startPostgres } from './testing/postgres-server.ts';
import { ada, scaling } from './testing/sample-records.ts';

const server = join(import.meta.dirname, '..', '..', '..', 'apps', 'server', 'src', 'main.ts');
const { signal } = new AbortController();
const nothingLost = { lost: 0, withoutIntent: 0, faults: [] };
/** `npm run bench -- durability` does it 200 times. */
const kills = Number(process.env.QD_TEST_KILLS ?? 5);

describe('a server that is killed while it changes a cluster', () => {
  let postgres: PostgresServer | null = null;
  beforeAll(async () => {
    if (canHavePostgres()) postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());

  it('loses nothing that it acknowledged, and did nothing that is not written down', async () => {
    const report = await crashTrial({ server, kills, signal, tell: () => undefined });
    expect(report).toMatchObject(nothingLost);
    expect(report.acknowledged).toBeGreaterThanOrEqual(kills);
  });

  it('keeps that promise when PostgreSQL itself is killed', async ({ skip }) => {
    if (postgres === null) return skip('PostgreSQL is not installed');
    const report = await crashTrial({ server, kills, storage: await postgres.createDatabase(), victim: postgres, signal, tell: () => undefined });
    expect(report).toMatchObject(nothingLost);
    expect(report.acknowledged).toBeGreaterThanOrEqual(kills);
  });
});

/** A file system of our own takes root; CI has it. */
const mayMount = Boolean(process.env.CI) || process.getuid?.() === 0;

describe.skipIf(!mayMount)('a disk that takes nothing more', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-disk-'));
  const url = parseStorageUrl(`sqlite:${join(folder, 'quarterdeck.db')}`);
  const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'pipe' });

  beforeAll(() => mount('-t', 'tmpfs', '-o', 'size=1m,mode=700', 'quarterdeck-test', folder));
  afterAll(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is told clearly, full or read-only; what was acknowledged stays, and it goes on where there is room again', async () => {
    const storage = await openStorage(url, { role: 'server' });
    const log = actLog(new Ledger(storage.db), ada, { now: Date.now, onLate: () => undefined });
    let acknowledged = 0;
    const fill = async () => {
      for (;;) {
        const act = await log.begin({ ...scaling('web'), input: { filler: 'x'.repeat(2_000) } });
        acknowledged += 1;
        await act.end({ outcome: 'done' });
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', message: expect.stringContaining('no room left'), details: { fault: 'full' } });
    expect(acknowledged).toBeGreaterThan(10);
    await expect(log.begin(scaling('web'))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    mount('-o', 'remount,size=8m', folder);
    await (await log.begin(scaling('more'))).end({ outcome: 'done' });
    const { ok, rows, unfinished, faults } = await verifyLedger(storage.db);
    expect({ ok, faults }).toEqual({ ok: true, faults: [] });
    expect(rows).toBeGreaterThanOrEqual(acknowledged * 2);
    expect(unfinished).toBeLessThanOrEqual(1);
    await storage.close();
  });

  it('that is read-only keeps a storage from being opened, with the way out', async () => {
    mount('-o', 'remount,ro', folder);
    try {
      await expect(openStorage(url, { role: 'guest' })).rejects.toMatchObject({
        code: 'STORAGE_UNAVAILABLE',
        details: { fault: 'readOnly' },
        hint: expect.stringContaining('writable'),
      });
    } finally {
      mount('-o', 'remount,rw', folder);
    }
  });
});

describe('a file that is no storage', () => {
  it('is told, and left as it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-strange-'));
    const path = join(folder, 'quarterdeck.db');
    writeFileSync(path, 'these are not the tables that you are looking for'.repeat(50));
    chmodSync(path, 0o600);
    await expect(openStorage(parseStorageUrl(`sqlite:${path}`), { role: 'guest' })).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      details: { fault: 'damaged' },
    });
    rmSync(folder, { recursive: true });
  });

  it('and a server that is not there are told', async () => {
    const url = parseStorageUrl('postgres://nobody:secret@127.0.0.1:1/none');
    const refusal = await openStorage(url, { role: 'server' }).catch((thrown: unknown) => thrown);
    expect(refusal).toMatchObject({ code: 'STORAGE_UNAVAILABLE', details: { fault: 'lost' } });
    expect(String(refusal)).not.toContain('secret');
  });
});
