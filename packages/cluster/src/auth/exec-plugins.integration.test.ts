import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openCluster } from '../access/open-cluster.ts';
import { loadKubeconfig, systemKubeconfigSources } from '../kubeconfig/load-kubeconfig.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';
const namespace = `cluster-login-${process.pid}`;
const { signal } = new AbortController();

const kubectl = async (...args: string[]) => (await promisify(execFile)('kubectl', ['--kubeconfig', kubeconfig, ...args])).stdout.trim();

/** Counts its runs in `runs`, and answers with the credential that lies beside it and ends in four seconds; of a list, the one of this run. */
const plugin = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { apiVersion, spec } = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
appendFileSync(join(__dirname, 'runs'), JSON.stringify(spec) + '\\n');
const given = [JSON.parse(readFileSync(join(__dirname, process.argv[2]), 'utf8'))].flat();
const run = readFileSync(join(__dirname, 'runs'), 'utf8').trim().split('\\n').length;
const status = given[Math.min(run, given.length) - 1];
if (status.fails) { console.error('no login here'); process.exit(4); }
if (status.waits) {
  console.error('Open https://login.example/device and enter the code ABCD-EFGH');
  while (!existsSync(join(__dirname, 'done'))) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
}
const expirationTimestamp = new Date(Date.now() + 4000).toISOString();
console.log(JSON.stringify({ apiVersion, kind: 'ExecCredential', status: { expirationTimestamp, ...status } }));
`;

describe.skipIf(kubeconfig === '')('a plug-in that logs in to the sandbox', () => {
  let folder: string;
  const runs = async () => (await readFile(join(folder, 'runs'), 'utf8')).trim().split('\n');
  const give = (name: string, status: unknown) => writeFile(join(folder, name), JSON.stringify(status));

  async function open(status: string, apiVersion = 'v1') {
    await rm(join(folder, 'runs'), { force: true });
    const { contexts } = await loadKubeconfig({ ...systemKubeconfigSources(), file: join(folder, 'config') });
    const found = contexts.find(({ id }) => id === `${status}-${apiVersion}`);
    if (found === undefined) throw new Error('no such context');
    return openCluster(found);
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-login-'));
    const { clusters, users } = JSON.parse(await kubectl('config', 'view', '--raw', '--minify', '-o', 'json'));
    const [{ user }] = users;
    const decoded = (field: string) => Buffer.from(user[field], 'base64').toString('utf8');
    await give('admin', { clientCertificateData: decoded('client-certificate-data'), clientKeyData: decoded('client-key-data') });
    await kubectl('create', 'namespace', namespace);
    await kubectl('create', 'serviceaccount', 'reader', '-n', namespace);
    await kubectl('create', 'rolebinding', 'reader', '-n', namespace, '--clusterrole=view', `--serviceaccount=${namespace}:reader`);
    const reader = { token: await kubectl('create', 'token', 'reader', '-n', namespace) };
    const nobody = { token: 'not-a-token-of-this-cluster' };
    await give('reader', reader);
    await give('nobody', nobody);
    await give('late', [nobody, reader]);
    await give('broken', { fails: true });
    await give('device', { ...reader, waits: true });
    await writeFile(join(folder, 'login'), plugin);
    await chmod(join(folder, 'login'), 0o755);
    const names = ['admin', 'reader', 'nobody', 'late', 'broken', 'device'].flatMap((name) => ['v1', 'v1beta1'].map((version) => [name, version] as const));
    const exec = (name: string, version: string) => ({
      apiVersion: `client.authentication.k8s.io/${version}`,
      command: './login',
      args: [name],
      interactiveMode: 'Never',
    });
    const config = {
      clusters: [{ ...clusters[0], name: 'sandbox' }],
      users: names.map(([name, version]) => ({ name: `${name}-${version}`, user: { exec: { ...exec(name, version), provideClusterInfo: true } } })),
      contexts: names.map(([name, version]) => ({ name: `${name}-${version}`, context: { cluster: 'sandbox', user: `${name}-${version}`, namespace } })),
    };
    await writeFile(join(folder, 'config'), JSON.stringify(config));
  });
  afterAll(async () => {
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    await rm(folder, { recursive: true });
  });

  it.each([
    ['admin', 'v1'],
    ['reader', 'v1beta1'],
  ])('as %s (%s), once for all requests, and again when the credentials end', async (status, version) => {
    const access = await open(status, version);
    const [kinds] = await Promise.all([access.kinds(signal), ...Array.from({ length: 20 }, () => access.version(signal))]);
    const kind = kinds.find(({ plural, apiVersion }) => plural === 'serviceaccounts' && apiVersion === 'v1');
    if (kind === undefined) throw new Error('no service accounts');
    expect(await access.get(kind, namespace, 'reader', signal)).toMatchObject({ metadata: { name: 'reader' } });
    expect(await runs()).toHaveLength(1);
    expect(JSON.parse((await runs())[0] ?? '')).toMatchObject({ interactive: false, cluster: { server: access.server } });
    await delay(4_000);
    expect(await access.get(kind, namespace, 'reader', signal)).toMatchObject({ metadata: { name: 'reader' } });
    expect(await runs()).toHaveLength(2);
    await access.close();
  });

  it('that is refused is asked once more, and then told', async () => {
    const access = await open('nobody');
    const error = { code: 'CLUSTER_AUTH_FAILED', message: expect.stringContaining('what the credential plug-in login gives') };
    await expect(access.version(signal)).rejects.toMatchObject(error);
    expect(await runs()).toHaveLength(2);
    await access.close();
  });

  it('that has something better when its first answer is refused goes on without a word', async () => {
    const access = await open('late');
    await expect(access.version(signal)).resolves.toMatchObject({ major: 1 });
    expect(await runs()).toHaveLength(2);
    await access.close();
  });

  it('that is not installed is told with the words that the kubeconfig has for it', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'quarterdeck-no-such-login', interactiveMode: 'IfAvailable' };
    const { clusters } = JSON.parse(await kubectl('config', 'view', '--raw', '--minify', '-o', 'json'));
    const config = (installHint: string) => ({
      clusters: [{ ...clusters[0], name: 'sandbox' }],
      users: [{ name: 'u', user: { exec: { ...exec, installHint } } }],
      contexts: [{ name: 'absent', context: { cluster: 'sandbox', user: 'u' } }],
    });
    for (const [installHint, hint] of [
      ['Get it at https://login.example', 'Get it at https://login.example'],
      ['', 'Install quarterdeck-no-such-login'],
    ] as const) {
      await writeFile(join(folder, 'absent'), JSON.stringify(config(installHint)));
      const { contexts } = await loadKubeconfig({ ...systemKubeconfigSources(), file: join(folder, 'absent') });
      const [context] = contexts;
      if (context === undefined) throw new Error('no context');
      const access = await openCluster(context);
      const missing = { code: 'CLUSTER_AUTH_FAILED', message: expect.stringContaining('there is none in PATH'), hint: expect.stringContaining(hint) };
      await expect(access.version(signal)).rejects.toMatchObject(missing);
      await access.close();
    }
  });

  it('tells what its person must do while it waits, and goes on when that is done', async () => {
    await rm(join(folder, 'runs'), { force: true });
    await rm(join(folder, 'done'), { force: true });
    const { contexts } = await loadKubeconfig({ ...systemKubeconfigSources(), file: join(folder, 'config') });
    const context = contexts.find(({ id }) => id === 'device-v1');
    if (context === undefined) throw new Error('no such context');
    const told: (string | null)[] = [];
    const access = await openCluster(context, { onLoginProgress: (text) => told.push(text) });
    const asked = access.version(signal);
    await vi.waitFor(() => expect(told.at(-1)).toContain('Open https://login.example/device'), { timeout: 10_000 });
    await writeFile(join(folder, 'done'), '');
    expect(await asked).toMatchObject({ major: 1 });
    expect(told.at(-1)).toBeNull();
    await access.close();
  });

  it('that fails is quoted', async () => {
    const access = await open('broken');
    await expect(access.version(signal)).rejects.toMatchObject({ code: 'CLUSTER_AUTH_FAILED', message: expect.stringContaining('exit code 4: no login here') });
    await access.close();
  });
});
