import { randomUUID } from 'node:crypto';
import { constants, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import { sql } from 'kysely';
import type { OpenStorage } from '../database/open-storage.ts';
import { storageError } from '../database/storage-error.ts';

/**
 * Copies a SQLite storage into a file while it is in use: one moment of it, whole, and on disk when this resolves. Throws
 * CONFLICT where the file is there, UNSUPPORTED for PostgreSQL, STORAGE_UNAVAILABLE. Gives the size in bytes.
 */
export async function backupStorage({ db, url }: OpenStorage, path: string): Promise<number> {
  if (url.engine !== 'sqlite') {
    throw new AppError('UNSUPPORTED', 'A PostgreSQL storage is backed up by its own tools.', {
      hint: 'Use pg_dump, or `qd storage export` for a file that either engine takes.',
    });
  }
  if ((await stat(path).catch(() => null)) !== null) throw new AppError('CONFLICT', `${path} exists already.`, { hint: 'Choose another name.' });
  const temporary = `${path}.${randomUUID()}`;
  try {
    await sql`vacuum into ${temporary}`.execute(db);
    const size = await syncFile(temporary);
    await rename(temporary, path);
    if (process.platform !== 'win32') await syncFile(dirname(path));
    return size;
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw storageError(thrown, path);
  }
}

/** What is named must also be there after the power fails. */
async function syncFile(path: string): Promise<number> {
  const file = await open(path, 'r');
  try {
    const { size, mode } = await file.stat();
    if ((mode & constants.S_IFMT) === constants.S_IFREG) await file.chmod(0o600);
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}
