import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropFile } from './drop-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarterdeck-drop-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}
const drop = (name: string, content = pieces('new'), maxBytes = 100) => dropFile({ folder, name, content, maxBytes, signal: AbortSignal.timeout(5000) });

describe('dropFile', () => {
  it('never leaves the folder, and never writes over or through what is there', async () => {
    await writeFile(join(folder, 'there.tar.gz'), 'old');
    await symlink('/tmp/quarterdeck-must-not-exist', join(folder, 'link'));
    expect(await drop('there.tar.gz')).toEqual({ path: join(folder, 'there.tar (1).gz'), bytes: 3 });
    expect(await drop('link')).toMatchObject({ path: join(folder, 'link (1)') });
    expect(await readFile(join(folder, 'there.tar.gz'), 'utf8')).toBe('old');
    for (const name of ['..', '.', '../up', 'a/b', 'a\\b', 'nul\0', 'esc\x1b]0;x', ' ', 'bidi\u202e', 'x'.repeat(256)]) {
      await expect(drop(name)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    }
  });

  it('leaves nothing of a file that is too large or breaks off', async () => {
    async function* broken() {
      yield Buffer.from('half');
      throw new Error('The page is gone.');
    }
    const before = await readdir(folder);
    await expect(drop('large', pieces('x'.repeat(60), 'y'.repeat(60)))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await expect(drop('half', broken())).rejects.toThrow('gone');
    expect(await readdir(folder)).toEqual(before);
  });
});
