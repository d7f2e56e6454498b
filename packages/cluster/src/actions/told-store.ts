import type { Action } from '@quarterdeck/contract';
import type { ActionStore } from './action-store.ts';

/** The same store, which tells of every action that was put into it. */
export function toldStore(store: ActionStore, onPut: (action: Action) => void): ActionStore {
  return {
    async put(action, heldUntil) {
      await store.put(action, heldUntil);
      onPut(action);
    },
    get: (id) => store.get(id),
    list: (filter, page) => store.list(filter, page),
    keep: (id, steps) => store.keep(id, steps),
    kept: (id) => store.kept(id),
    approve: (id, approval) => store.approve(id, approval),
    abandoned: (now) => store.abandoned(now),
  };
}
