import type { WatchBatch } from '@quarterdeck/cluster';
import { AppError, type KubeObject } from '@quarterdeck/contract';
import type { LiveList } from '../clusters/live-list.ts';
import type { Sight } from './sight.ts';

/** A shared live list as one policy shows it. Releasing it releases the shared one. */
export function seenList(list: LiveList, sight: Sight): LiveList {
  const seen = (objects: readonly KubeObject[]) => objects.filter((object) => sight.seesObject(object));
  return {
    items: () => seen(list.items()),
    get state() {
      return list.state;
    },
    get error() {
      return list.error;
    },
    get asOf() {
      return list.asOf;
    },
    /** That something hidden has changed is no news: nobody is to be woken by it. That the list is another one now is, whatever it holds. */
    subscribe(listener) {
      let known = statusOf(list);
      return list.subscribe(({ upserts, deletes }: WatchBatch) => {
        const before = known;
        known = statusOf(list);
        const batch = { upserts: seen(upserts), deletes: seen(deletes) };
        const isEmpty = batch.upserts.length + batch.deletes.length === 0;
        if (!isEmpty || upserts.length + deletes.length === 0 || known !== before) listener(batch);
      });
    },
    release: () => list.release(),
  };
}

function statusOf({ state, error, asOf }: LiveList): string {
  return `${state} ${error?.code} ${asOf === null}`;
}

/** A list in which there is nothing to see, as of now. */
export function emptyList(now: number): LiveList {
  return { items: () => [], state: 'live', error: null, asOf: now, subscribe: () => () => undefined, release: () => undefined };
}

/** Why nothing, or not all, of a kind is known under a policy. */
export const leftOut = new AppError('FORBIDDEN', 'Your access policy leaves it out.');

/** What the diagnosis is told of a kind that is hidden: not that there is nothing, but that it may not look. */
export function hiddenList(): LiveList {
  return { items: () => [], state: 'failed', error: leftOut, asOf: null, subscribe: () => () => undefined, release: () => undefined };
}

/** Some of the objects of a kind: the diagnosis must not conclude anything from which are not among them. */
export function partOf(list: LiveList): LiveList {
  return {
    items: () => list.items(),
    get state() {
      return list.state;
    },
    error: leftOut,
    asOf: null,
    subscribe: (listener) => list.subscribe(listener),
    release: () => list.release(),
  };
}
