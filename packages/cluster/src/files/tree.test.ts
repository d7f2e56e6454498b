import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract, type Header, pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { CopyCount, type CopyLimits } from './copy-result.ts';
import { packTree } from './pack-tree.ts';
import { tarEnd, tarHeader } from './tar-header.ts';
import { unpackTree } from './unpack-tree.ts';

const folder = () => mkdtemp(join(tmpdir(), 'qd-files-'));
const long = `${'long-'.repeat(40)}ä`;

async function* archiveOf(entries: readonly (Partial<Header> & { name: string; text?: string })[]): AsyncGenerator<Uint8Array> {
  const packed = pack();
  for (const { text = '', ...header } of entries) packed.entry({ mtime: new Date(1e12), ...header, size: Buffer.byteLength(text) }, text);
  packed.finalize();
  for await (const chunk of packed) if (chunk instanceof Uint8Array) yield chunk;
}

async function unpack(archive: AsyncIterable<Uint8Array>, destination: string, limits: CopyLimits = {}) {
  const count = new CopyCount(undefined);
  await unpackTree(archive, { folder: destination, single: { folder: destination, name: 'top' }, base: 'top', limits, count });
  return count.result();
}

/** Names with what they are, their modes and contents. */
async function look(path: string, prefix = ''): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const name of (await readdir(path)).sort()) {
    const child = join(path, name);
    const stats = await lstat(child);
    const mode = (stats.mode & 0o777).toString(8);
    const at = stats.mtimeMs / 1000;
    if (stats.isSymbolicLink()) seen[prefix + name] = `-> ${await readlink(child)}`;
    else if (stats.isDirectory()) Object.assign(seen, { [prefix + name]: `folder ${mode} ${at}` }, await look(child, `${prefix}${name}/`));
    else seen[prefix + name] = `${mode} ${at} ${await readFile(child, 'utf8')}`;
  }
  return seen;
}

describe('a tree', () => {
  it('comes out as it went in: names, modes, times, links, empty folders', async () => {
    const source = await folder();
    await mkdir(join(source, 'sub', long), { recursive: true });
    await writeFile(join(source, 'sub', long, `${long}.txt`), 'deep');
    for (const name of ['a b', 'new\nline', 'ünï', '-rf', '*']) await writeFile(join(source, name), name);
    await writeFile(join(source, 'empty'), '');
    await symlink('sub', join(source, 'link'));
    await symlink(`../${long.repeat(2)}`, join(source, 'sub', 'dangling'));
    await chmod(join(source, 'a b'), 0o751);
    await utimes(join(source, 'a b'), 1e9, 1e9);
    await utimes(join(source, 'sub'), 1.1e9, 1.1e9);
    const target = await folder();
    const result = await unpack(packTree(source, 'top', new CopyCount(undefined)), target);
    const whole = (text: string) => text.replace(/(\d+)\.\d+/g, '$1');
    const flat = (seen: Record<string, string>) => Object.entries(seen).map(([name, what]) => [name, whole(what)]);
    expect(flat(await look(target))).toEqual(flat(await look(source)));
    expect(result).toMatchObject({ files: 7, links: 2, skippedTotal: 0 });
  });

  it('of one file goes under the name that is given', async () => {
    const target = await folder();
    await unpack(archiveOf([{ name: './top', text: 'x' }]), target);
    expect(await readFile(join(target, 'top'), 'utf8')).toBe('x');
  });
});

describe('a hostile archive', () => {
  it('writes nothing outside, and says what it left out', async () => {
    const outside = await folder();
    const target = join(outside, 'target');
    await mkdir(target);
    await writeFile(join(outside, 'secret'), 'mine');
    await symlink(outside, join(target, 'way-out'));
    await symlink(join(outside, 'secret'), join(target, 'pointing'));
    const result = await unpack(
      archiveOf([
        { name: '/etc/absolute', text: 'x' },
        { name: 'top/../../up', text: 'x' },
        { name: 'elsewhere/file', text: 'x' },
        { name: 'top/way-out/through-a-link-that-was-there', text: 'x' },
        { name: 'top/out', type: 'symlink', linkname: '..' },
        { name: 'top/out/through', text: 'x' },
        { name: 'top/a/absolute', type: 'symlink', linkname: '/etc/passwd' },
        { name: 'top/a/climb', type: 'symlink', linkname: 'self/self/../..' },
        { name: 'top/a/self', type: 'symlink', linkname: '.' },
        { name: 'top/a/self/through', text: 'x' },
        { name: 'top/hard', type: 'link', linkname: '../secret' },
        { name: 'top/device', type: 'block-device', devmajor: 8 },
        { name: 'top/pipe', type: 'fifo' },
        { name: 'top/pointing', text: 'replaced' },
        { name: 'top/setuid', mode: 0o4755, text: 'x' },
      ]),
      target,
    );
    expect((await readdir(outside)).sort()).toEqual(['secret', 'target']);
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('mine');
    expect(Object.keys(await look(join(target, 'a')))).toEqual(['self']);
    expect(await readFile(join(target, 'pointing'), 'utf8')).toBe('replaced');
    expect((await lstat(join(target, 'setuid'))).mode & 0o7777).toBe(0o755);
    expect(result.skipped.map(({ name, reason }) => `${name}: ${reason}`)).toMatchInlineSnapshot(`
      [
        "/etc/absolute: its name is absolute",
        "top/../../up: its name leads out of the folder",
        "elsewhere/file: nobody asked for it",
        "top/way-out/through-a-link-that-was-there: way-out is a link in the destination",
        "top/out: it leads to .., which may be outside",
        "top/a/absolute: it leads to /etc/passwd, outside",
        "top/a/climb: it leads to self/self/../.., which may be outside",
        "top/a/self/through: a/self is a link in the destination",
        "top/hard: it is a second name of ../secret (hard link)",
        "top/device: it is no file (block-device)",
        "top/pipe: it is no file (fifo)",
      ]
    `);
  });

  it('is cut off at the limits', async () => {
    const entries = [1, 2, 3].map((i) => ({ name: `top/${i}`, text: 'four' }));
    await expect(unpack(archiveOf(entries), await folder(), { bytes: 11 })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await expect(unpack(archiveOf(entries), await folder(), { entries: 2 })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await expect(unpack(archiveOf(entries), await folder(), { bytes: 12, entries: 3 })).resolves.toMatchObject({ files: 3, bytes: 12 });
  });

  it('that is none, or ends in the middle, is an error', async () => {
    async function* half() {
      for await (const chunk of archiveOf([{ name: 'top/a', text: 'x'.repeat(10_000) }])) {
        yield chunk.subarray(0, 700);
        return;
      }
    }
    async function* noise() {
      yield Buffer.alloc(2048, 'noise');
    }
    await expect(unpack(noise(), await folder())).rejects.toMatchObject({ code: 'CLUSTER_ERROR' });
    await expect(unpack(half(), await folder())).rejects.toMatchObject({ code: 'CLUSTER_ERROR', message: expect.stringContaining('not a whole archive') });
  });
});

describe('tarHeader', () => {
  it('tells sizes beyond 8 GiB', async () => {
    const size = 9 * 1024 ** 3 + 5;
    const reader = extract();
    const entry = new Promise<Header>((resolve) => reader.on('entry', resolve));
    reader.write(Buffer.concat([tarHeader({ name: long, type: 'file', mode: 0o644, size, modifiedAt: 1e9 }), tarEnd]));
    expect(await entry).toMatchObject({ name: long, size, mode: 0o644, mtime: new Date(1e12) });
    reader.destroy();
  });
});
