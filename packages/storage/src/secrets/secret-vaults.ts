import type { Keychain } from './keychain.ts';
import type { SecretStore } from './secret-store.ts';

/** A place for credentials, whoever keeps it. */
export interface SecretVault {
  /** For people. */
  readonly name: string;
  /** Null where there is none of that name, or no such place on this machine. */
  get(name: string): Promise<string | null>;
  /** Throws where there is no such place. */
  put(name: string, secret: string): Promise<void>;
  /** Whether there was one. */
  delete(name: string): Promise<boolean>;
}

/** The system's keychain. On a machine without one nothing is found in it. */
export function keychainVault(keychain: Keychain): SecretVault {
  let works: Promise<boolean> | null = null;
  const isThere = () => {
    works ??= keychain.works();
    return works;
  };
  return {
    name: 'the keychain',
    get: async (name) => ((await isThere()) ? keychain.read(name) : null),
    put: (name, secret) => keychain.write(name, secret),
    delete: async (name) => (await isThere()) && keychain.delete(name),
  };
}

/**
 * The sealed credentials of the storage.
 * @param use opens the store for one call
 */
export function storeVault(use: <T>(call: (store: SecretStore) => Promise<T>) => Promise<T>, now: () => number): SecretVault {
  return {
    name: 'the encrypted store',
    get: (name) => use((store) => store.get(name)),
    put: (name, secret) => use((store) => store.put(name, secret, now())),
    delete: (name) =>
      use(async (store) => {
        const had = (await store.names()).includes(name);
        await store.delete(name);
        return had;
      }),
  };
}
