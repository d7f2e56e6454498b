import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { listingScript, parseListing } from './listing.ts';

const run = promisify(execFile);
const hostile = 'x\n81a4 5 0 forged\nä';
const file = { type: 'file', size: 4, mode: '0640', modifiedAt: '2001-09-09T01:46:40.000Z', target: null };

describe('a listing', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qd-list-'));
    for (const name of ['plain', '.hidden', ' blank ', '-n', '*', hostile]) {
      await writeFile(join(folder, name), 'four');
      await chmod(join(folder, name), 0o640);
      await utimes(join(folder, name), 1e9, 1e9);
    }
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'sub', 'not listed'), '');
    await symlink('odd\ntarget\n', join(folder, 'link'));
  });

  /** The programs of the script, with some of them weakened as other systems have them. */
  const weakened = {
    'GNU find': '',
    'find without -printf': `find() { case "$*" in *-printf*) return 1;; esac; command find "$@"; }\n`,
    'no find': 'find() { return 127; }\n',
  };

  it.each(Object.entries(weakened))('by %s is exact whatever the names are', async (_tool, prelude) => {
    const script = prelude + listingScript.replaceAll('exec find', 'find');
    const { stdout } = await run('sh', ['-c', script, 'sh', folder]);
    const entries = (parseListing(stdout) ?? []).map(({ name, ...rest }) => [name, rest] as const);
    const found = Object.fromEntries(entries);
    expect(Object.keys(found).sort()).toEqual([' blank ', '*', '-n', '.hidden', 'link', 'plain', 'sub', hostile].sort());
    for (const name of ['plain', '.hidden', ' blank ', '-n', '*', hostile]) expect(found[name]).toEqual(file);
    expect(found.sub).toMatchObject({ type: 'folder' });
    expect(found.link).toMatchObject({ type: 'link', target: 'odd\ntarget\n' });
  });

  it('of an empty folder is empty, and of none is null', () => {
    expect(parseListing('find\0')).toEqual([]);
    expect(parseListing('stat\0\0\0')).toEqual([]);
    expect(parseListing('sh: not found')).toBeNull();
  });
});
