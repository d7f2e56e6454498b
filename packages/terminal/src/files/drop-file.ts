import { constants } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AppError } from '@quarterdeck/contract';

export interface DroppedFile {
  /** Absolute: where the shell is. */
  folder: string;
  /** Of the file, as the browser has it. */
  name: string;
  content: AsyncIterable<Uint8Array>;
  maxBytes: number;
  signal: AbortSignal;
}

/** Numbers that are tried for a name that is taken. */
const mostNumbers = 100;

/**
 * Writes a file into a folder. What is there stays: a name that is taken gets a number. Nothing is left of a file that
 * did not come whole. Throws VALIDATION_ERROR for what is no name of a file, NOT_FOUND, FORBIDDEN, PAYLOAD_TOO_LARGE.
 */
export async function dropFile({ folder, name, content, maxBytes, signal }: DroppedFile): Promise<{ path: string; bytes: number }> {
  checkName(name);
  const { path, handle } = await create(folder, name);
  let whole = false;
  try {
    const bytes = await write(handle, content, { maxBytes, signal });
    whole = true;
    return { path, bytes };
  } finally {
    await handle.close();
    if (!whole) await rm(path, { force: true });
  }
}

/** One name, and nothing that leads elsewhere or that a terminal would take for a command. */
function checkName(name: string): void {
  const wrong = name === '.' || name === '..' || /[/\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name) || Buffer.byteLength(name) > 255 || name.trim() === '';
  if (wrong) throw new AppError('VALIDATION_ERROR', 'name: must be the name of a file, without a folder.', { hint: 'Give it another name.' });
}

async function create(folder: string, name: string): Promise<{ path: string; handle: FileHandle }> {
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  for (let number = 0; number < mostNumbers; number += 1) {
    const path = join(folder, number === 0 ? name : `${stem} (${number})${extension}`);
    try {
      // Never through a link, never over something that is there.
      return { path, handle: await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o644) };
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') throw refusalOf(thrown, folder);
    }
  }
  throw new AppError('CONFLICT', `There are too many files like ${name} in ${folder}.`, { hint: 'Give it another name.' });
}

async function write(handle: FileHandle, content: AsyncIterable<Uint8Array>, { maxBytes, signal }: Pick<DroppedFile, 'maxBytes' | 'signal'>): Promise<number> {
  let bytes = 0;
  for await (const piece of content) {
    signal.throwIfAborted();
    bytes += piece.byteLength;
    if (bytes > maxBytes)
      throw new AppError('PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes} bytes.`, { hint: 'Copy it with cp or scp in the shell.' });
    await handle.writeFile(piece);
  }
  return bytes;
}

function refusalOf(thrown: unknown, folder: string): AppError {
  const code = codeOf(thrown);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new AppError('NOT_FOUND', `The folder ${folder} is no longer there.`, { hint: 'Change to another one in the shell.' });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new AppError('FORBIDDEN', `Nothing can be written to ${folder}.`, { hint: 'Change to a folder of yours in the shell.' });
  return new AppError('INTERNAL_ERROR', `The file could not be written to ${folder}.`, { cause: thrown });
}

function codeOf(thrown: unknown): string | null {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : null;
}
