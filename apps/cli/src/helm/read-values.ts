import { readFile } from 'node:fs/promises';
import { AppError } from '@quarterdeck/contract';
import { parse, stringify } from 'yaml';
import type { CommandContext } from '../context.ts';

type Values = Readonly<Record<string, unknown>>;

/** The values of several files as one YAML text, the later over the earlier; a null stays, as it takes a default away. Throws NOT_FOUND, VALIDATION_ERROR. */
export async function readValues(files: readonly string[], { input }: Pick<CommandContext, 'input'>): Promise<string> {
  let merged: Values = {};
  for (const file of files) merged = over(merged, parsed(file, file === '-' ? await input.readAll() : await textOf(file)));
  return files.length === 0 ? '' : stringify(merged);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    throw new AppError('NOT_FOUND', `The values file ${file} cannot be read.`, { hint: 'Check its path and rights.', cause: thrown });
  }
}

function parsed(file: string, text: string): Values {
  try {
    const values: unknown = parse(text) ?? {};
    if (isValues(values)) return values;
  } catch (thrown) {
    throw new AppError('VALIDATION_ERROR', `${file} is no YAML.`, { hint: 'Correct it and try again.', cause: thrown });
  }
  throw new AppError('VALIDATION_ERROR', `${file} holds no values.`, { hint: 'Write `key: value` lines.' });
}

function over(below: Values, above: Values): Values {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const former = merged[key];
    merged[key] = isValues(former) && isValues(value) ? over(former, value) : value;
  }
  return merged;
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
