import { AppError } from '@quarterdeck/contract';
import type { ProviderKind } from '../providers/provider-kind.ts';
import { ApiKey } from './api-key.ts';
import { doubtOf, unwrapped } from './check-key.ts';
import { type KeyVault, vaultName } from './key-vault.ts';

/** Where keys are looked for, in this order: environment, files, vaults. */
export interface KeySources {
  environment: Readonly<Record<string, string | undefined>>;
  readFile(path: string): Promise<string>;
  vaults: readonly KeyVault[];
}

export interface FoundKey {
  key: ApiKey;
  /** For people: `ANTHROPIC_API_KEY`, a path, `the keychain`. */
  from: string;
  /** What kind of place that is. */
  place: 'environment' | 'file' | 'vault';
  /** Why it is hardly a key of this provider; null where it may be one. */
  doubt: string | null;
}

export interface KeyPlace {
  kind: ProviderKind;
  /** The provider's id in the settings. */
  id: string;
  /** A variable of the person's own choice, looked at before the usual ones. */
  variable: string | null;
  /** A file that holds nothing but the key. */
  file: string | null;
}

/** The first key that there is; null where there is none. Throws VALIDATION_ERROR for a file that was named and can't be read. */
export async function findKey(place: KeyPlace, sources: KeySources): Promise<FoundKey | null> {
  const { kind, id, variable, file } = place;
  const variables = [...(variable === null ? [] : [variable]), ...(kind.key?.variables ?? [])];
  for (const name of variables) {
    const value = sources.environment[name];
    if (value?.trim()) return found(kind, value, name, 'environment');
    const path = sources.environment[`${name}_FILE`];
    if (path?.trim()) return found(kind, await readKeyFile(path.trim(), sources), path.trim(), 'file');
  }
  if (file !== null) return found(kind, await readKeyFile(file, sources), file, 'file');
  for (const vault of sources.vaults) {
    const secret = await vault.get(vaultName(id));
    if (secret !== null) return found(kind, secret, vault.name, 'vault');
  }
  return null;
}

function found(kind: ProviderKind, text: string, from: string, place: FoundKey['place']): FoundKey {
  const key = unwrapped(text);
  return { key: new ApiKey(key), from, place, doubt: doubtOf(kind, key) };
}

async function readKeyFile(path: string, { readFile }: KeySources): Promise<string> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new AppError('VALIDATION_ERROR', `The key file ${path} can't be read.`, { hint: 'Give the path of a file that holds nothing but the key.', cause });
  }
}
