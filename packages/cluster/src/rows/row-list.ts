import type { AppError, Column, UnreadScope } from '@quarterdeck/contract';
import type { WatchState } from '../watch/watched-list.ts';
import type { LiveRow } from './live-row.ts';

/** What changed since the batch before; both may be empty where only the state did. Deletes are uids. */
export interface RowBatch {
  upserts: LiveRow[];
  deletes: string[];
}

/** How far a list follows the cluster. */
export interface ListStatus {
  readonly state: WatchState;
  /** What the last attempt failed with; null where the list is live or still to come. */
  readonly error: AppError | null;
  /** Epoch milliseconds of the cluster's last word; null before the first. */
  readonly asOf: number | null;
}

/** The rows of one kind in one scope or in several, kept up to date. */
export interface RowList extends ListStatus {
  /** A new array where they turned out to be others: a server that prints rows names them with the first ones. */
  readonly columns: readonly Column[];
  readonly defaultSort: string;
  readonly size: number;
  /** Namespaces that were asked for and are not in it. */
  readonly unread: readonly UnreadScope[];
  /** Whether there is more to come: the rows are those that were read so far. */
  readonly reading: boolean;
  /** In no order. */
  rows(): LiveRow[];
  subscribe(listener: (batch: RowBatch) => void): () => void;
}
