import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInPod } from '../exec/run-in-pod.ts';
import { SandboxPods } from '../testing/sandbox-pods.ts';
import { copyFromPod } from './copy-from-pod.ts';
import { copyToPod } from './copy-to-pod.ts';
import { downloadFiles } from './download.ts';
import { listFiles } from './list-files.ts';
import { uploadFile } from './upload.ts';
import { viaDebugContainer } from './via-debug.ts';

const folder = () => mkdtemp(join(tmpdir(), 'qd-copy-'));
const long = `${'long-'.repeat(35)}ä`;
const hostile = 'new\nline; $(touch x) "q" \'s\'';
const image = 'docker.io/local/busybox:1';

/** Names with what they are, their modes, times (seconds) and contents. */
async function look(path: string, prefix = ''): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const name of (await readdir(path)).sort()) {
    const child = join(path, name);
    const stats = await lstat(child);
    const facts = `${(stats.mode & 0o777).toString(8)} ${Math.floor(stats.mtimeMs / 1000)}`;
    if (stats.isSymbolicLink()) seen[prefix + name] = `-> ${await readlink(child)}`;
    else if (stats.isDirectory()) Object.assign(seen, { [prefix + name]: `folder ${facts}` }, await look(child, `${prefix}${name}/`));
    else seen[prefix + name] = `${facts} ${(await readFile(child)).toString('base64')}`;
  }
  return seen;
}

async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

async function nastyTree(): Promise<string> {
  const top = await folder();
  await mkdir(join(top, 'deep', long, 'empty'), { recursive: true });
  await writeFile(join(top, 'deep', long, `${long}.bin`), randomBytes(3_000_001));
  for (const name of [' a  b ', hostile, 'ünï', '-rf', '*', '.hidden', 'back\\slash']) await writeFile(join(top, name), name);
  await symlink('deep', join(top, 'link'));
  await symlink(`./${long}/missing`, join(top, 'deep', 'dangling'));
  await chmod(join(top, '-rf'), 0o751);
  await chmod(join(top, '*'), 0o400);
  for (const path of [join(top, '-rf'), join(top, 'deep', long), join(top, 'deep')]) await utimes(path, 1e9, 1e9);
  await chmod(join(top, 'deep', long), 0o555);
  return top;
}

describe('files of containers in a real cluster', () => {
  let pods: SandboxPods;
  beforeAll(async () => {
    pods = await SandboxPods.open('files');
    const sleep = ['sleep', '3600'];
    await pods.pod('web', [{ command: sleep }, { command: sleep, securityContext: { readOnlyRootFilesystem: true } }]);
    await pods.pod('bare', [{ image: 'docker.io/local/pause:1' }]);
    await Promise.all([pods.running('web'), pods.running('bare')]);
  });
  afterAll(() => pods.close());

  const at = (pod = 'web') => ({ namespace: pods.namespace, pod, signal: AbortSignal.timeout(30_000) });
  const run = (...command: string[]) => runInPod(pods.api, { ...at(), command, maxBytes: 1 << 20 });

  it('make the way there and back unchanged', async () => {
    const [source, back] = [await nastyTree(), await folder()];
    const sent = await copyToPod(pods.api, { ...at(), source, path: '/tmp/tree' });
    expect(sent).toMatchObject({ files: 8, links: 2, skippedTotal: 0 });
    let told = 0;
    const got = await copyFromPod(pods.api, { ...at(), path: '/tmp/tree', destination: back, onProgress: ({ bytes }) => (told = Math.max(told, bytes)) });
    expect(got).toMatchObject({ files: 8, links: 2, skippedTotal: 0, bytes: sent.bytes });
    expect(told).toBe(sent.bytes);
    expect(await look(back)).toEqual(await look(source));
  });

  it('go where kubectl puts them', async () => {
    const top = await folder();
    await writeFile(join(top, 'one'), 'one');
    await copyToPod(pods.api, { ...at(), source: join(top, 'one'), path: '/tmp/renamed' });
    await copyToPod(pods.api, { ...at(), source: join(top, 'one'), path: '/tmp' });
    expect((await run('cat', '/tmp/renamed', '/tmp/one')).stdout.toString()).toBe('oneone');
    await copyFromPod(pods.api, { ...at(), path: '/tmp/renamed', destination: join(top, 'here') });
    await copyFromPod(pods.api, { ...at(), path: '/tmp/renamed', destination: top });
    expect((await readdir(top)).sort()).toEqual(['here', 'one', 'renamed']);
  });

  it('leave no tar behind when the copy is cancelled', async () => {
    await run('dd', 'if=/dev/zero', 'of=/tmp/big', 'bs=1048576', 'seek=2000', 'count=1');
    const cancel = new AbortController();
    const request = { ...at(), signal: cancel.signal, path: '/tmp/big', destination: await folder() };
    const copy = copyFromPod(pods.api, { ...request, onProgress: ({ bytes }) => bytes > 1e6 && cancel.abort() });
    await expect(copy).rejects.toMatchObject({ code: 'CANCELLED' });
    const running = async () => (await run('sh', '-c', 'ps | grep "[t]ar -cf" | wc -l')).stdout.toString().trim();
    await expect.poll(running, { timeout: 20_000 }).toBe('0');
  });

  it.each([
    ['/nope', 'NOT_FOUND', 'There is no /nope in the container.'],
    ['relative', 'VALIDATION_ERROR', 'no absolute path'],
  ])('that are not there (%s) are an error', async (path, code, words) => {
    await expect(copyFromPod(pods.api, { ...at(), path, destination: await folder() })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    });
  });

  it('that can not be written are an error with the reason', async () => {
    const source = await nastyTree();
    await expect(copyToPod(pods.api, { ...at(), container: 'side-1', source, path: '/etc/x' })).rejects.toMatchObject({
      message: expect.stringContaining('read-only'),
    });
    await expect(copyToPod(pods.api, { ...at(), source, path: '/no/such/place' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are listed whatever their names are', async () => {
    await run('mkdir', '-p', '/tmp/list/sub', `/tmp/list/${hostile}`);
    await run('ln', '-s', 'to\nnowhere', '/tmp/list/link');
    await run('sh', '-c', 'cd /tmp/list; printf four > " x"; chmod 640 " x"');
    const entries = await listFiles(pods.api, { ...at(), path: '/tmp/list' });
    expect(entries.map(({ name, type }) => [name, type])).toEqual([
      [hostile, 'folder'],
      ['sub', 'folder'],
      [' x', 'file'],
      ['link', 'link'],
    ]);
    expect(entries[2]).toMatchObject({ size: 4, mode: '0640' });
    expect(entries[3]).toMatchObject({ target: 'to\nnowhere' });
    expect((await listFiles(pods.api, { ...at(), path: '/' })).map(({ name }) => name)).toContain('proc');
    await expect(listFiles(pods.api, { ...at(), path: '/nope' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are downloaded and uploaded one by one', async () => {
    const content = randomBytes(700_000);
    async function* halves() {
      yield content.subarray(0, 300_000);
      yield content.subarray(300_000);
    }
    await run('sh', '-c', 'echo old > /tmp/file; chmod 600 /tmp/file');
    const path = '/tmp/file';
    await expect(uploadFile(pods.api, { ...at(), path, content: halves(), maxBytes: 400_000 })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect((await run('sh', '-c', 'cat /tmp/file; ls /tmp | grep part')).stdout.toString()).toBe('old\n');
    expect(await uploadFile(pods.api, { ...at(), path, content: halves(), maxBytes: 1 << 20 })).toBe(700_000);
    expect((await listFiles(pods.api, { ...at(), path: '/tmp' })).find(({ name }) => name === 'file')).toMatchObject({ mode: '0600', size: 700_000 });
    const { fileName, chunks } = await downloadFiles(pods.api, { ...at(), path });
    expect({ fileName, same: (await joined(chunks)).equals(content) }).toEqual({ fileName: 'file', same: true });
    expect((await downloadFiles(pods.api, { ...at(), path: '/etc' })).fileName).toBe('etc.tar');
  });

  it('of a container without programs are reached through a debug container', async () => {
    const source = await nastyTree();
    const refused = { code: 'UNSUPPORTED', hint: expect.stringContaining('debug container') };
    await expect(copyFromPod(pods.api, { ...at('bare'), path: '/', destination: await folder() })).rejects.toMatchObject(refused);
    await expect(copyToPod(pods.api, { ...at('bare'), source, path: '/' })).rejects.toMatchObject(refused);
    await expect(listFiles(pods.api, { ...at('bare'), path: '/' })).rejects.toMatchObject(refused);
    const { place, release } = await viaDebugContainer(pods.api, { ...at('bare'), image });
    expect((await listFiles(pods.api, { ...at('bare'), ...place, path: '/' })).map(({ name }) => name)).toContain('pause');
    await copyToPod(pods.api, { ...at('bare'), ...place, source, path: '/copied' });
    const back = await folder();
    await copyFromPod(pods.api, { ...at('bare'), ...place, path: '/copied', destination: back });
    expect(await look(back)).toEqual(await look(source));
    await release();
  });
});
