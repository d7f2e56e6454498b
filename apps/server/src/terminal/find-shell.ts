import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { AppError } from '@quarterdeck/contract';

/** The absolute path of a shell that was named. Throws VALIDATION_ERROR where there is none. */
export async function findShell(name: string, path: string): Promise<string> {
  if (name.includes('\0')) throw noShell('that');
  const candidates = isAbsolute(name) ? [name] : name.includes('/') ? [] : path.split(delimiter).map((folder) => join(folder, name));
  for (const candidate of candidates) if (isAbsolute(candidate) && (await isProgram(candidate))) return candidate;
  throw noShell(name);
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function noShell(name: string): AppError {
  return new AppError('VALIDATION_ERROR', `shell: there is no program ${name} here.`, { hint: 'Name one of PATH, or give its whole path.' });
}
