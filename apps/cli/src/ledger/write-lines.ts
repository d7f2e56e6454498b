import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@quarterdeck/contract';
import { storageError } from '@quarterdeck/storage';

/** Writes lines into a new file for its owner alone; there is all of it or none. Throws CONFLICT, STORAGE_UNAVAILABLE. */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  if ((await stat(path).catch(() => null)) !== null) throw new AppError('CONFLICT', `${path} exists already.`, { hint: 'Choose another name.' });
  const temporary = `${path}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(lines), createWriteStream(temporary, { mode: 0o600, flags: 'wx', flush: true }));
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw storageError(thrown, path);
  }
}
