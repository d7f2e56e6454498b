import { type Dismissal, deleteDismissals, type OpenStorage, putDismissal, readDismissals } from '@quarterdeck/storage';

/** Issues that a person put aside, kept over restarts. What is told is stored first: where that fails, nothing changes. */
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

/** Throws STORAGE_UNAVAILABLE. */
export async function openDismissals({ db }: Pick<OpenStorage, 'db'>): Promise<Dismissals> {
  const kept = new Map((await readDismissals(db)).map((dismissal) => [keyOf(dismissal.cluster, dismissal.issueId), dismissal]));
  const listeners = new Set<() => void>();

  async function forget(cluster: string, issueIds: readonly string[]): Promise<void> {
    if (issueIds.length === 0) return;
    await deleteDismissals(db, cluster, issueIds);
    for (const id of issueIds) kept.delete(keyOf(cluster, id));
    changed();
  }

  function changed(): void {
    for (const listener of listeners) listener();
  }

  return {
    get: (cluster, issueId) => kept.get(keyOf(cluster, issueId)),
    async add(dismissal) {
      await putDismissal(db, dismissal);
      kept.set(keyOf(dismissal.cluster, dismissal.issueId), dismissal);
      changed();
    },
    remove: (cluster, issueId) => forget(cluster, kept.has(keyOf(cluster, issueId)) ? [issueId] : []),
    async keepOnly(cluster, open) {
      const gone = [...kept.values()].filter((dismissal) => dismissal.cluster === cluster && !open.has(dismissal.issueId));
      await forget(
        cluster,
        gone.map(({ issueId }) => issueId),
      );
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
