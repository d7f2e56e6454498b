import { readFile } from 'node:fs/promises';
import { type KeyVault, type ModelSettingsFile, modelSettingsFile, type OpenModels, openModels, systemClock } from '@quarterdeck/assistant';
import { stateDirectoryOf } from '@quarterdeck/cluster';
import { keychainVault, openSecretStore, type SecretStore, storeVault, systemKeychain } from '@quarterdeck/storage';
import type { CommandContext } from '../context.ts';
import { keySourceHere, withStorage } from '../ledger/with-storage.ts';

type Here = Pick<CommandContext, 'environment' | 'now'>;

/** The models as they are set up on this machine. */
export async function openModelsHere(context: Here): Promise<OpenModels> {
  const { environment, now } = context;
  const { keychain, store } = vaultsHere(context);
  return openModels(await settingsHere(context).read(), {
    keys: { environment, readFile: (path) => readFile(path, 'utf8'), vaults: [keychain, store] },
    fetch: globalThis.fetch,
    now,
    clock: systemClock,
    random: Math.random,
  });
}

export function settingsHere({ environment }: Pick<Here, 'environment'>): ModelSettingsFile {
  return modelSettingsFile(stateDirectoryOf(environment));
}

/** Where keys of providers are kept on this machine. The storage is opened for each call: nobody holds it meanwhile. */
export function vaultsHere(context: Here): { keychain: KeyVault; store: KeyVault } {
  const use = <T>(call: (store: SecretStore) => Promise<T>) =>
    withStorage(context, 'guest', async ({ db }) => call(await openSecretStore(db, await keySourceHere(context))));
  return { keychain: keychainVault(systemKeychain()), store: storeVault(use, context.now) };
}
