import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findKind, stateDirectoryOf } from '@quarterdeck/cluster';
import type { CommandContext } from '../context.ts';
import { readVocabulary } from '../words/read-vocabulary.ts';

/** The file of the names that completion offers, for the context that is current when it is written. */
export function namesFileOf(environment: CommandContext['environment']): string {
  return join(stateDirectoryOf(environment), 'completion-names.txt');
}

/** Writes a line for each name: the kind's plural, its short name, the namespace, the name. @returns how many */
export async function writeNames(context: CommandContext): Promise<number> {
  const access = await context.openAccess({});
  try {
    const { kinds, objects } = await readVocabulary(access, context);
    const served = await access.kinds(context.signal);
    const lines = objects.map(({ kind, namespace, name }) => {
      const { plural, shortNames } = findKind(served, kind);
      return `${plural} ${shortNames[0] ?? kind.toLowerCase()} ${namespace ?? '-'} ${name}`;
    });
    const types = kinds.map(({ plural, shortNames }) => `types ${shortNames[0] ?? '-'} - ${plural}`);
    const path = namesFileOf(context.environment);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const temporary = `${path}.${randomUUID()}`;
    await writeFile(temporary, `${[...lines, ...types].join('\n')}\n`, { mode: 0o600 });
    await rename(temporary, path);
    return lines.length;
  } finally {
    await access.close();
  }
}
