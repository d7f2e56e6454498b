import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';

const dismissalSchema = z.object({
  cluster: z.string(),
  issueId: z.string(),
  reason: z.string(),
  /** ISO 8601. */
  at: z.string(),
  by: z.string(),
});
export type Dismissal = z.infer<typeof dismissalSchema>;

const fileSchema = z.object({ version: z.literal(1), dismissals: z.array(dismissalSchema) });

/** Issues that a person put aside, kept over restarts. */
export interface Dismissals {
  get(cluster: string, issueId: string): Dismissal | undefined;
  add(dismissal: Dismissal): Promise<void>;
  remove(cluster: string, issueId: string): Promise<void>;
  /**
   * Forgets the dismissals of a cluster whose issue has gone away, so that it is shown when it recurs. `open` must be
   * the ids of a complete check: what merely could not be looked at has not gone away.
   */
  keepOnly(cluster: string, open: ReadonlySet<string>): Promise<void>;
  onChange(listener: () => void): () => void;
}

/** Reads the file of the state directory; none yet is no dismissals. Throws INTERNAL_ERROR when it can't be read or written. */
export async function openDismissals(stateDirectory: string): Promise<Dismissals> {
  const path = join(stateDirectory, 'dismissals.json');
  const kept = new Map((await readDismissals(path)).map((dismissal) => [keyOf(dismissal.cluster, dismissal.issueId), dismissal]));
  const listeners = new Set<() => void>();
  let writing: Promise<void> = Promise.resolve();

  /** One write after the other, each with the state of its own time; a failed one does not hold up the next. */
  function changed(): Promise<void> {
    for (const listener of listeners) listener();
    const content = `${JSON.stringify({ version: 1, dismissals: [...kept.values()] }, null, 2)}\n`;
    const write = () => writeAtomically(path, content);
    writing = writing.then(write, write);
    return writing;
  }

  return {
    get: (cluster, issueId) => kept.get(keyOf(cluster, issueId)),
    add(dismissal) {
      kept.set(keyOf(dismissal.cluster, dismissal.issueId), dismissal);
      return changed();
    },
    async remove(cluster, issueId) {
      if (kept.delete(keyOf(cluster, issueId))) await changed();
    },
    async keepOnly(cluster, open) {
      const gone = [...kept].filter(([, dismissal]) => dismissal.cluster === cluster && !open.has(dismissal.issueId));
      for (const [key] of gone) kept.delete(key);
      if (gone.length > 0) await changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function keyOf(cluster: string, issueId: string): string {
  return JSON.stringify([cluster, issueId]);
}

async function readDismissals(path: string): Promise<Dismissal[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).dismissals;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new AppError('INTERNAL_ERROR', `The list of dismissed issues (${path}) can't be read.`, {
      hint: 'Mend the file, or move it away to begin with an empty list.',
      cause,
    });
  }
}

/** A reader finds the old file or the new one, never half of one. */
async function writeAtomically(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, content, { mode: 0o600 });
  await rename(temporary, path);
}
