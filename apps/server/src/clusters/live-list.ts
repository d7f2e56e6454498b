import type { WatchedList, WatchState } from '@quarterdeck/cluster';
import type { AppError, KubeObject } from '@quarterdeck/contract';

/** Live objects of one kind, of one scope or of several. */
export interface LiveList {
  items(): KubeObject[];
  readonly state: WatchState;
  readonly error: AppError | null;
  /** Epoch milliseconds; null before the first word of the cluster. */
  readonly asOf: number | null;
  subscribe(listener: () => void): () => void;
  release(): void;
}

/** From best to worst: lists that are joined are as good as the worst of them. */
const states: readonly WatchState[] = ['live', 'connecting', 'stale', 'failed'];

/** One kind in several namespaces as if it were one list. Releasing it releases all and calls `onRelease`. */
export function joinLists(lists: readonly WatchedList[], onRelease: () => void): LiveList {
  return {
    items: () => lists.flatMap((list) => [...list.objects.values()]),
    get state() {
      return states[Math.max(...lists.map((list) => states.indexOf(list.state)))] ?? 'live';
    },
    get error() {
      return lists.find((list) => list.error !== null)?.error ?? null;
    },
    get asOf() {
      const known = lists.map((list) => list.asOf).filter((asOf) => asOf !== null);
      return known.length === 0 ? null : Math.min(...known);
    },
    subscribe(listener) {
      const ends = lists.map((list) => list.subscribe(listener));
      return () => {
        for (const end of ends) end();
      };
    },
    release() {
      for (const list of lists) list.release();
      onRelease();
    },
  };
}

/** Resolves when the list has been read once. Rejects with its error when it can't be, and with CANCELLED when the signal aborts. */
export async function untilRead(list: LiveList, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (list.state === 'connecting') await nextState(list, signal);
  if (list.state === 'failed' && list.error !== null) throw list.error;
}

function nextState(list: LiveList, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      end();
      signal.removeEventListener('abort', abort);
    };
    const abort = () => {
      stop();
      reject(signal.reason);
    };
    const end = list.subscribe(() => {
      if (list.state === 'connecting') return;
      stop();
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });
}
