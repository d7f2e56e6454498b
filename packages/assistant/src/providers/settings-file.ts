import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import { type ModelSettings, noSettings, parseModelSettings } from './model-settings.ts';

/** What a person set about models, in `models.json` of the state directory. Every call reads what there is. */
export interface ModelSettingsFile {
  readonly path: string;
  /** Throws VALIDATION_ERROR for a broken file. */
  read(): Promise<ModelSettings>;
  /** As it is written, right or wrong; null where there is none. */
  text(): Promise<string | null>;
  /** In place of whatever there is, a broken file as well. */
  write(settings: ModelSettings): Promise<void>;
  /** Gives what is stored then. */
  change(make: (settings: ModelSettings) => ModelSettings): Promise<ModelSettings>;
}

export function modelSettingsFile(stateDirectory: string): ModelSettingsFile {
  const path = join(stateDirectory, 'models.json');
  const read = async () => {
    const text = await readText(path);
    return text === null ? noSettings : parseModelSettings(parsed(text, path), path);
  };
  return {
    path,
    read,
    text: () => readText(path),
    write: (settings) => write(path, settings),
    async change(make) {
      const next = parseModelSettings(make(await read()), path);
      await write(path, next);
      return next;
    },
  };
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new AppError('VALIDATION_ERROR', `The settings of models (${path}) can't be read.`, {
      hint: 'Give yourself the right to read the file, or move it away.',
      cause,
    });
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('VALIDATION_ERROR', `The settings of models (${path}) are no JSON.`, { hint: 'Mend the file, or move it away to begin anew.', cause });
  }
}

/** A reader finds the old file or the new one, never half of one. */
async function write(path: string, settings: ModelSettings): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  await rename(temporary, path);
}
