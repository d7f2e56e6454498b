import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { type BenchContext, MissingNeed } from '../bench.ts';
import { root, runChild } from './children.ts';

const folder = path.join(root, '.node', 'peers');

/** Installs an npm package for comparison, once and away from our own dependencies. Gives the folder to require it from. */
export async function installPeer({ cleanup, tell }: BenchContext, name: string, version: string): Promise<string> {
  if ((await installedVersion(name)) === version) return folder;
  tell(`installing ${name} ${version} to compare with`);
  const args = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `${name}@${version}`,
  ];
  const { code } = await runChild(cleanup, 'npm', args).catch(() => ({ code: 1 }));
  if (code !== 0) throw new MissingNeed(`${name} ${version}, which is measured beside us: npm could not install it.`);
  return folder;
}

async function installedVersion(name: string): Promise<string | null> {
  const file = path.join(folder, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return null;
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(file, 'utf8'))).version;
}
