import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Focus } from '@quarterdeck/assistant';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';

const objectSchema = z.object({ kind: z.string(), namespace: z.string().nullable(), name: z.string() });
const fileSchema = z.object({
  version: z.literal(1),
  cluster: z.string(),
  focus: z.object({
    page: z.null(),
    namespace: z.string().nullable(),
    object: objectSchema.nullable(),
    issueId: z.string().nullable(),
    before: z.string().optional(),
  }),
});

export function conversationPath(stateDirectory: string): string {
  return join(stateDirectory, 'ask.json');
}

/** What the last question at this machine was about; null where there was none, or it was about another cluster. */
export async function readFocus(path: string, cluster: string): Promise<Focus | null> {
  try {
    const kept = fileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return kept.cluster === cluster ? kept.focus : null;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new AppError('INTERNAL_ERROR', `The last question (${path}) can't be read.`, { hint: 'Remove the file to begin anew.', cause });
  }
}

/** A reader finds the old file or the new one, never half of one. */
export async function writeFocus(path: string, cluster: string, focus: Focus): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, `${JSON.stringify({ version: 1, cluster, focus: { ...focus, page: null } })}\n`, { mode: 0o600 });
  await rename(temporary, path);
}
