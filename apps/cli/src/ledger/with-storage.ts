import { stateDirectoryOf } from '@quarterdeck/cluster';
import { type KeySource, keySourceOf, type OpenStorage, openStorage, storageUrlOf, systemKeychain } from '@quarterdeck/storage';
import type { CommandContext } from '../context.ts';

/** Opens the storage of this machine for `use` and closes it after. `server`: while no workbench runs on it. */
export async function withStorage<T>(
  { environment }: Pick<CommandContext, 'environment'>,
  role: 'server' | 'guest',
  use: (storage: OpenStorage) => Promise<T>,
): Promise<T> {
  const storage = await openStorage(storageUrlOf(environment, stateDirectoryOf(environment)), { role });
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}

export function keySourceHere({ environment }: Pick<CommandContext, 'environment'>): Promise<KeySource> {
  return keySourceOf(environment, stateDirectoryOf(environment), systemKeychain());
}
