import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import type { Passage } from './knowledge.ts';
import { readRunbook } from './read-runbook.ts';

/** Bytes; a file that is larger is no runbook. */
const largestFile = 1 << 20;
const mostFiles = 2000;

/** The runbooks of a folder and the folders in it: every `.md`. Throws NOT_FOUND for a folder that is not there, VALIDATION_ERROR as `readRunbook`. */
export async function readRunbookFolder(folder: string): Promise<Passage[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', `The folder of runbooks ${folder} can't be read.`, { hint: 'Check the path.', cause });
  });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.md')).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files
      .sort()
      .slice(0, mostFiles)
      .map(async (file) => ({ path: relative(folder, file), text: await readFile(file, 'utf8') })),
  );
  return texts.filter(({ text }) => text.length <= largestFile).flatMap(({ path, text }) => readRunbook(path, text));
}
