import { join, resolve } from 'node:path';
import { AppError } from '@quarterdeck/contract';

/** Where everything is kept that must survive a restart. */
export type StorageUrl =
  | { engine: 'sqlite'; path: string; label: string }
  /** `label` is the address without the password. */
  | { engine: 'postgres'; url: string; label: string };

/** The variable that names another storage than the file in the state directory. */
export const storageVariable = 'QUARTERDECK_STORAGE';

/** `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`. Throws VALIDATION_ERROR. */
export function parseStorageUrl(text: string): StorageUrl {
  if (text.startsWith('sqlite:') && text.length > 'sqlite:'.length) {
    const path = resolve(text.slice('sqlite:'.length));
    return { engine: 'sqlite', path, label: path };
  }
  const url = /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (url !== null) return { engine: 'postgres', url: text, label: `postgres://${url.host}${url.pathname}` };
  // The text may hold a password: it is not repeated.
  throw new AppError('VALIDATION_ERROR', 'The address of the storage is not understood.', {
    hint: `Write ${storageVariable} as sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE.`,
  });
}

/** The storage that the environment names; without one, a SQLite file in the state directory. */
export function storageUrlOf(environment: Readonly<Record<string, string | undefined>>, stateDirectory: string): StorageUrl {
  return parseStorageUrl(environment[storageVariable] || `sqlite:${join(stateDirectory, 'quarterdeck.db')}`);
}
