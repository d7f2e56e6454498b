import { randomUUID } from 'node:crypto';
import { type Dismissal, deleteDismissals, type OpenStorage, putDismissal, readDismissals } from '@quarterdeck/storage';
import type { SharedMemory } from '@quarterdeck/storage/shared';
import type { Logger } from 'pino';

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

/** Where the servers of one storage tell each other that something was put aside or taken back. */
const channel = 'dismissals';

/** Follows what other servers put aside. Throws STORAGE_UNAVAILABLE. */
export async function openDismissals({ db }: Pick<OpenStorage, 'db'>, shared: SharedMemory, log: Pick<Logger, 'warn'>): Promise<Dismissals> {
  const me = randomUUID();
  let kept = await read(db);
  const listeners = new Set<() => void>();
  const stale = (thrown: unknown) => log.warn({ err: thrown }, 'Another server may show dismissed issues for a while.');

  await shared.subscribe(channel, (from) => {
    if (from === me) return;
    read(db).then((fresh) => {
      kept = fresh;
      tell();
    }, stale);
  });

  async function forget(cluster: string, issueIds: readonly string[]): Promise<void> {
    if (issueIds.length === 0) return;
    await deleteDismissals(db, cluster, issueIds);
    for (const id of issueIds) kept.delete(keyOf(cluster, id));
    changed();
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function changed(): void {
    tell();
    shared.publish(channel, me).catch(stale);
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

async function read(db: OpenStorage['db']): Promise<Map<string, Dismissal>> {
  return new Map((await readDismissals(db)).map((dismissal) => [keyOf(dismissal.cluster, dismissal.issueId), dismissal]));
}

function keyOf(cluster: string, issueId: string): string {
  return JSON.stringify([cluster, issueId]);
}
