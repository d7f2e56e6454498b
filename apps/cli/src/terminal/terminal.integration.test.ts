import { mkdtempSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiOf, type ClusterAccess, loadKubeconfig, openCluster, runInPod, systemKubeconfigSources } from '@quarterdeck/cluster';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { qdWith } from '../testing/run-qd.ts';

const namespace = `qd-terminal-${process.pid}`;
const image = 'docker.io/local/busybox:1';

async function openSandbox(): Promise<ClusterAccess> {
  const { contexts, currentContext } = await loadKubeconfig({ ...systemKubeconfigSources(), file: process.env.QD_TEST_KUBECONFIG ?? '' });
  const context = contexts.find(({ id }) => id === currentContext);
  if (context === undefined) throw new Error('QD_TEST_KUBECONFIG has no usable current context.');
  return openCluster(context);
}

const state = mkdtempSync(join(tmpdir(), 'quarterdeck-cli-state-'));
const qd = qdWith(state);

describe('qd exec and cp on a real cluster', () => {
  let access: ClusterAccess;
  const send = (method: 'POST' | 'DELETE', path: string, body: object) =>
    apiOf(access).json({
      path: `/api/v1/namespaces${path}`,
      method,
      body: { contentType: 'application/json', text: JSON.stringify(body) },
      subject: { verb: 'create', resource: 'test', namespace },
      signal: AbortSignal.timeout(30_000),
    });

  beforeAll(async () => {
    access = await openSandbox();
    await send('POST', '', { metadata: { name: namespace } });
    const pod = (name: string, of: string, command?: string[]) => ({
      metadata: { name },
      spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image: of, ...(command === undefined ? {} : { command }) }] },
    });
    await send('POST', `/${namespace}/pods`, pod('web', image, ['sleep', '3600']));
    await send('POST', `/${namespace}/pods`, pod('bare', 'docker.io/local/pause:1'));
    const runs = () =>
      runInPod(apiOf(access), { namespace, pod: 'web', command: ['true'], maxBytes: 10, signal: AbortSignal.timeout(10_000) }).then(
        ({ exitCode }) => exitCode,
        () => null,
      );
    await vi.waitUntil(async () => (await runs()) === 0, { timeout: 60_000, interval: 500 });
  });
  afterAll(async () => {
    await rm(state, { recursive: true });
    await send('DELETE', `/${namespace}`, {});
    await access.close();
  });

  it('gives outputs apart, takes input to its end, and ends with the exit code', async () => {
    expect(await qd(['exec', '-n', namespace, 'web', '--', 'sh', '-c', 'echo out; echo err >&2; exit 42'])).toEqual({
      code: 42,
      out: 'out\n',
      err: 'err\ncommand terminated with exit code 42\n',
    });
    expect(await qd(['exec', '-i', '-n', namespace, 'pod/web', '--', 'wc', '-c'], Buffer.alloc(5_000_000))).toEqual({ code: 0, out: '5000000\n', err: '' });
    expect(await qd(['exec', '-n', namespace, 'bare', '--', 'sh'])).toMatchObject({ code: 6, err: expect.stringContaining('has no program sh') });
  });

  it('copies there and back, tells what it left out, and goes through a debug container where it must', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qd-cp-'));
    await mkdir(join(folder, 'tree', 'empty'), { recursive: true });
    await writeFile(join(folder, 'tree', 'a b'), 'content', { mode: 0o640 });
    expect(await qd(['cp', join(folder, 'tree'), `${namespace}/web:/tmp/tree`])).toEqual({ code: 0, out: '', err: '' });
    expect(await qd(['cp', `${namespace}/web:/tmp/tree`, join(folder, 'back')])).toEqual({ code: 0, out: '', err: '' });
    expect(await readFile(join(folder, 'back', 'a b'), 'utf8')).toBe('content');
    expect((await lstat(join(folder, 'back', 'a b'))).mode & 0o777).toBe(0o640);
    expect((await lstat(join(folder, 'back', 'empty'))).isDirectory()).toBe(true);

    await symlink('/etc/passwd', join(folder, 'tree', 'absolute'));
    await qd(['cp', join(folder, 'tree', '.'), `${namespace}/web:/tmp/linked`]);
    const linked = await qd(['cp', `${namespace}/web:/tmp/linked`, join(folder, 'linked')]);
    expect(linked).toMatchObject({ code: 1, err: expect.stringContaining('it leads to /etc/passwd, outside') });

    const source = join(folder, 'tree', 'a b');
    expect(await qd(['cp', source, `${namespace}/bare:/copied`])).toMatchObject({ code: 12, err: expect.stringContaining('--via-debug') });
    expect(await qd(['cp', source, `${namespace}/bare:/copied`, '--via-debug', '--image', image])).toMatchObject({ code: 0 });
    await qd(['cp', `${namespace}/bare:/copied`, join(folder, 'copied'), '--via-debug', '--image', image]);
    expect(await readFile(join(folder, 'copied'), 'utf8')).toBe('content');
  });
});
