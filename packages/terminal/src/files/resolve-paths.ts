import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { ResolvedPath } from '@quarterdeck/contract';

/** `src/a.ts:12:3`, `src/a.ts(12,3)`, `src/a.ts:12`; what stands around a path in a sentence is cut. */
const placed = /^(.*?)(?::(\d{1,7})(?::(\d{1,5}))?:?|\((\d{1,7})(?:,(\d{1,5}))?\):?)?$/;

/** Which of these texts name something that is there, seen from a folder. Nothing is read of it but whether it is a folder. */
export async function resolvePaths(cwd: string, texts: readonly string[]): Promise<ResolvedPath[]> {
  const found = await Promise.all([...new Set(texts)].map((text) => resolvePath(cwd, text)));
  return found.filter((path) => path !== null);
}

async function resolvePath(cwd: string, text: string): Promise<ResolvedPath | null> {
  if (text.includes('\0') || text.includes('://')) return null;
  // A file may be called `a:12`: the whole comes first.
  const whole = await kindOf(cwd, text);
  if (whole !== null) return { text, ...whole, line: null, column: null };
  const [, name = '', row, column, otherRow, otherColumn] = placed.exec(text) ?? [];
  const line = Number(row ?? otherRow ?? 0);
  const there = line > 0 ? await kindOf(cwd, name) : null;
  if (there === null || there.kind === 'folder') return null;
  const col = Number(column ?? otherColumn ?? 0);
  return { text, ...there, line, column: col > 0 ? col : null };
}

async function kindOf(cwd: string, name: string): Promise<Pick<ResolvedPath, 'path' | 'kind'> | null> {
  if (name.trim() === '') return null;
  const path = resolve(cwd, name === '~' || name.startsWith('~/') ? `${homedir()}${name.slice(1)}` : name);
  const found = await stat(path).catch(() => null);
  if (found === null || !(found.isFile() || found.isDirectory())) return null;
  return { path, kind: found.isDirectory() ? 'folder' : 'file' };
}
