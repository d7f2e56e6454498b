import { join } from 'node:path';
import * as z from 'zod';
import { StateFile } from '../config/state-file.ts';

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
  const file = new StateFile(join(stateDirectory, 'dismissals.json'), fileSchema);
  const read = await file.read('The list of dismissed issues');
  const kept = new Map((read?.dismissals ?? []).map((dismissal) => [keyOf(dismissal.cluster, dismissal.issueId), dismissal]));
  const listeners = new Set<() => void>();

  function changed(): Promise<void> {
    for (const listener of listeners) listener();
    return file.write({ version: 1, dismissals: [...kept.values()] });
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
