import type { AppError, KubeObject } from '@quarterdeck/contract';

/**
 * `connecting`: nothing is known yet. `live`: the list follows the cluster. `stale`: the list is as of `asOf`, and the
 * cluster is asked again. `failed`: it could not be read even once, and is tried again from time to time.
 */
export type WatchState = 'connecting' | 'live' | 'stale' | 'failed';

/**
 * What changed since the batch before. Both lists may be empty where only the state changed. Deletes come first where
 * an object was deleted and made anew under its name; a batch may repeat what `objects` already shows.
 */
export interface WatchBatch {
  upserts: KubeObject[];
  deletes: KubeObject[];
}

export type WatchListener = (batch: WatchBatch) => void;

/** One live list, shared by all who opened the same kind and scope. */
export interface WatchedList {
  /** By uid. */
  readonly objects: ReadonlyMap<string, KubeObject>;
  readonly state: WatchState;
  /** Why it is not live, in words for people; null where it is. */
  readonly reason: string | null;
  /** What the last attempt failed with; null where the list is live or still to come. */
  readonly error: AppError | null;
  /** Epoch milliseconds of the cluster's last word; null before the first. */
  readonly asOf: number | null;
  subscribe(listener: WatchListener): () => void;
  /** Ends this use of the list; calling it again does nothing. */
  release(): void;
}
