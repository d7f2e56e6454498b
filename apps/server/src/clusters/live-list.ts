import type { ListStatus, WatchBatch, WatchedList, WatchState } from '@quarterdeck/cluster';
import type { KubeObject } from '@quarterdeck/contract';

/** Live objects of one kind, of one scope or of several. */
export interface LiveList extends ListStatus {
  items(): KubeObject[];
  /** Called with what changed; both lists are empty where only the state did. */
  subscribe(listener: (batch: WatchBatch) => void): () => void;
  release(): void;
}

/** What can be waited for. */
interface Readable extends ListStatus {
  /** Whether what is there is a part. */
  readonly reading?: boolean;
  subscribe(listener: () => void): () => void;
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
export async function untilRead(list: Readable, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (isOpen(list)) await nextState(list, signal);
  if ((list.state === 'failed' || list.reading === true) && list.error !== null) throw list.error;
}

/** Whether it is neither read nor known that it can't be. */
function isOpen({ state, reading, error }: Readable): boolean {
  return state === 'connecting' || (reading === true && error === null);
}

function nextState(list: Readable, signal: AbortSignal): Promise<void> {
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
      if (isOpen(list)) return;
      stop();
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });
}
