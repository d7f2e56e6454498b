import { hostname } from 'node:os';
import { AppError } from '@quarterdeck/contract';
import Database from 'better-sqlite3';
import type { Kysely } from 'kysely';
import * as z from 'zod';
import { storageError } from './storage-error.ts';
import type { Tables } from './tables.ts';

const holderSchema = z.object({ pid: z.number(), host: z.string(), since: z.string() });
const holderName = 'server';

/** Held for as long as the process lives: the operating system lets go of it however the process ends. */
export interface ServerLock {
  release(): void;
}

/**
 * Takes the right to be the one server on a SQLite file. The lock is SQLite's own, on an empty file beside it, so it works
 * wherever SQLite does; commands write into the storage without it. Throws CONFLICT where another server has it.
 */
export function lockForServer(path: string): ServerLock {
  try {
    const lock = new Database(`${path}-server`, { timeout: 0 });
    try {
      lock.exec('begin exclusive');
    } catch (thrown) {
      lock.close();
      throw thrown;
    }
    return { release: () => void lock.close() };
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('SQLITE_BUSY')) throw new AppError('CONFLICT', heldBy(path), { hint });
    throw storageError(thrown, path);
  }
}

const hint = 'Use the workbench that runs, or give this one a state directory of its own in QUARTERDECK_STATE.';

function heldBy(path: string): string {
  const holder = readHolder(path);
  const who = holder === null ? '' : ` (process ${holder.pid} on ${holder.host}, since ${holder.since})`;
  return `Another workbench${who} uses the storage ${path}.`;
}

/** Notes who has the lock, for whoever is refused. */
export async function noteHolder(db: Kysely<Tables>): Promise<void> {
  const value = JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() });
  await db
    .insertInto('facts')
    .values({ name: holderName, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Null where nobody has noted it yet. */
function readHolder(path: string): z.infer<typeof holderSchema> | null {
  try {
    const database = new Database(path, { readonly: true, timeout: 500 });
    try {
      const row = z.object({ value: z.string() }).parse(database.prepare('select value from facts where name = ?').get(holderName));
      return holderSchema.parse(JSON.parse(row.value));
    } finally {
      database.close();
    }
  } catch {
    return null; // The refusal itself does not depend on it.
  }
}
