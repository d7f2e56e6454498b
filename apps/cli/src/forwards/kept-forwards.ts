import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateDirectoryOf } from '@quarterdeck/cluster';
import { AppError, forwardRequestSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import type { CommandContext } from '../context.ts';
import { forwardNameSchema } from './forward-name.ts';

const keptSchema = z.object({
  name: forwardNameSchema,
  kubeconfig: z.string().optional(),
  context: z.string(),
  request: forwardRequestSchema,
  /** The process that carries it; null where none does. */
  pid: z.number().int().nullable(),
});
/** A forward with a name: what was asked for, of which cluster. */
export type KeptForward = z.infer<typeof keptSchema>;

/** Forwards in a folder, a file each, which only their owner reads. */
export interface KeptForwards {
  /** In the order of their names. */
  list(): Promise<KeptForward[]>;
  /** Throws NOT_FOUND. */
  read(name: string): Promise<KeptForward>;
  save(forward: KeptForward): Promise<void>;
  remove(name: string): Promise<void>;
  /** A file beside it. */
  path(name: string, kind: 'json' | 'log' | 'sock'): string;
}

export function rememberedForwards({ environment }: Pick<CommandContext, 'environment'>): KeptForwards {
  return keptIn(join(stateDirectoryOf(environment), 'forwards', 'remembered'), 'is remembered');
}

export function runningForwards({ environment }: Pick<CommandContext, 'environment'>): KeptForwards {
  return keptIn(join(stateDirectoryOf(environment), 'forwards', 'running'), 'runs in the background');
}

function keptIn(folder: string, is: string): KeptForwards {
  const path = (name: string, kind: 'json' | 'log' | 'sock') => join(folder, `${name}.${kind}`);
  const list = async () => {
    const files = await readdir(folder).catch(noneWhereMissing);
    const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
    return (await Promise.all(names.sort().map((name) => readKept(path(name, 'json'))))).filter((kept) => kept !== null);
  };
  return {
    path,
    list,
    async read(name) {
      const kept = await readKept(path(name, 'json'));
      if (kept !== null) return kept;
      const known = (await list()).map((forward) => forward.name);
      const hint = known.length > 0 ? `There are: ${known.join(', ')}.` : 'See `qd port-forward --help`.';
      throw new AppError('NOT_FOUND', `No forward ${name} ${is}.`, { hint });
    },
    async save(forward) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const temporary = join(folder, randomUUID());
      await writeFile(temporary, `${JSON.stringify(forward)}\n`, { mode: 0o600 });
      await rename(temporary, path(forward.name, 'json'));
    },
    remove: (name) => rm(path(name, 'json'), { force: true }),
  };
}

async function readKept(path: string): Promise<KeptForward | null> {
  const text = await readFile(path, 'utf8').catch(noneWhereMissing);
  if (typeof text !== 'string') return null;
  try {
    return keptSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('INTERNAL_ERROR', `The forward in ${path} can't be read.`, { hint: 'Remove the file.', cause });
  }
}

function noneWhereMissing(thrown: unknown): never[] {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return [];
  throw thrown;
}
