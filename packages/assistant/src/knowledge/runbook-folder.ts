import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { AppError, toAppError } from '@quarterdeck/contract';
import type { Passage } from './knowledge.ts';
import { readRunbook } from './read-runbook.ts';

/** Characters; a file that is larger is no runbook. */
const largestFile = 1 << 20;
const mostFiles = 2000;

export interface ReadRunbook {
  /** Below its folder, with `/`. */
  path: string;
  text: string;
  passages: Passage[];
  /** Why it is not read; null where it is. */
  problem: AppError | null;
}

/** Every `.md` of a folder and the folders in it. Throws NOT_FOUND for a folder that is not there. */
export async function readRunbooks(folder: string): Promise<ReadRunbook[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', `The folder of runbooks ${folder} can't be read.`, { hint: 'Check the path.', cause });
  });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.md')).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files
      .toSorted()
      .slice(0, mostFiles)
      .map((file) => readOne(relative(folder, file).split(sep).join('/'), file)),
  );
}

/** The passages of a folder. Throws as `readRunbooks`, and for the first file that can't be read. */
export async function readRunbookFolder(folder: string): Promise<Passage[]> {
  const read = await readRunbooks(folder);
  const failed = read.find(({ problem }) => problem !== null && problem.code !== 'PAYLOAD_TOO_LARGE');
  if (failed?.problem) throw failed.problem;
  return read.flatMap(({ passages }) => passages);
}

async function readOne(path: string, file: string): Promise<ReadRunbook> {
  const read = { path, text: '', passages: [] };
  try {
    const text = await readFile(file, 'utf8');
    if (text.length > largestFile) return { ...read, problem: new AppError('PAYLOAD_TOO_LARGE', `${path} is too long for a runbook.`) };
    return { path, text, passages: readRunbook(path, text), problem: null };
  } catch (thrown) {
    return { ...read, problem: toAppError(thrown) };
  }
}
