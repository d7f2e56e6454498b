import type { PageKeyStore } from './client.ts';

const storageKey = 'quarterdeck.key';

/** In the storage of this origin: of this port alone, and shared by its tabs. */
export function createPageKeyStore(storage: Storage): PageKeyStore {
  return {
    read: () => storage.getItem(storageKey),
    write: (key) => storage.setItem(storageKey, key),
  };
}
