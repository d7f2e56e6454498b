import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clusterSchema, type LoginConsent, loginOfferSchema } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { findClusterSources } from '../clusters/cluster-sources.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';
const viewSchema = z.object({
  clusters: z.tuple([z.object({ name: z.string(), cluster: z.object({ server: z.string() }).loose() })]),
  users: z.tuple([z.object({ user: z.object({ 'client-certificate-data': z.string(), 'client-key-data': z.string() }) })]),
});

/** Gives the certificate that lies beside it, after a person did what it says. */
const plugin = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
appendFileSync(join(__dirname, 'runs'), process.argv.slice(2).join(' ') + '\\n');
console.error('Open https://login.example/device and enter the code ABCD-EFGH');
while (!existsSync(join(__dirname, 'done'))) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: JSON.parse(readFileSync(join(__dirname, 'status'), 'utf8')) }));
`;

describe.skipIf(kubeconfig === '')('an uploaded kubeconfig with a credential plug-in, on a real cluster', () => {
  let folder: string;
  let server: RunningServer;
  let view: z.infer<typeof viewSchema>;
  const log = pino({ level: 'silent' });
  const runs = async () => (await readFile(join(folder, 'runs'), 'utf8').catch(() => '')).trim();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-logins-'));
    const { stdout } = await promisify(execFile)('kubectl', ['--kubeconfig', kubeconfig, 'config', 'view', '--raw', '--minify', '-o', 'json']);
    view = viewSchema.parse(JSON.parse(stdout));
    const [{ user }] = view.users;
    const decoded = (text: string) => Buffer.from(text, 'base64').toString('utf8');
    await writeFile(
      join(folder, 'status'),
      JSON.stringify({ clientCertificateData: decoded(user['client-certificate-data']), clientKeyData: decoded(user['client-key-data']) }),
    );
    await writeFile(join(folder, 'login'), plugin);
    await chmod(join(folder, 'login'), 0o755);
    await writeFile(join(folder, 'config'), kubeconfigOf('own', { token: 'none' }));
    const options = { bundle: null, kubeconfig: join(folder, 'config'), context: null, stateDirectory: join(folder, 'state') };
    const clusters = await findClusterSources(options, log);
    server = await startServer({ ...options, clusters, port: 0, version: '0.0.0', log });
  });

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  function kubeconfigOf(name: string, user: object): string {
    const [{ cluster }] = view.clusters;
    return JSON.stringify({ clusters: [{ name, cluster }], users: [{ name, user }], contexts: [{ name, context: { cluster: name, user: name } }] });
  }

  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return response.json();
  }
  const cluster = async (id: string) =>
    z
      .array(clusterSchema)
      .parse(await call('GET', '/api/clusters'))
      .find((each) => each.id === id);

  async function asked(id: string): Promise<LoginConsent> {
    const offer = loginOfferSchema.parse(await call('GET', `/api/logins?cluster=${encodeURIComponent(id)}`));
    if (offer.kind !== 'consent') throw new Error(`asked for ${offer.kind}`);
    return offer.consent;
  }

  it('runs nothing before it is allowed, shows what its person must do, and connects', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: join(folder, 'login'), args: ['--first'], interactiveMode: 'Never' };
    await call('POST', '/api/kubeconfigs', { name: 'new.yaml', text: kubeconfigOf('shop', { exec }) });
    const id = 'shop@new.yaml';
    expect(await call('POST', '/api/clusters/select', { cluster: id })).toMatchObject({
      state: 'authNeeded',
      reason: expect.stringContaining('login --first'),
    });
    const consent = await asked(id);
    expect(consent).toMatchObject({ command: [join(folder, 'login'), '--first'], server: view.clusters[0].cluster.server });
    expect(await runs()).toBe('');
    await call('POST', '/api/logins/consent', { cluster: id, consent: consent.id });
    const waiting = { state: 'authNeeded', reason: expect.stringContaining('https://login.example/device and enter the code ABCD-EFGH') };
    await vi.waitFor(async () => expect(await cluster(id)).toMatchObject(waiting), { timeout: 20_000 });
    await writeFile(join(folder, 'done'), '');
    await vi.waitFor(async () => expect(await cluster(id)).toMatchObject({ state: 'live', version: expect.any(String) }), { timeout: 20_000 });
    expect(await runs()).toBe('--first');
  });

  it('asks again where the file of the same name wants something else', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: join(folder, 'login'), args: ['--other'], interactiveMode: 'Never' };
    await call('DELETE', '/api/kubeconfigs/new.yaml');
    await call('POST', '/api/kubeconfigs', { name: 'new.yaml', text: kubeconfigOf('shop', { exec }) });
    expect(await asked('shop@new.yaml')).toMatchObject({ command: [join(folder, 'login'), '--other'] });
    expect(await call('POST', '/api/clusters/select', { cluster: 'shop@new.yaml' })).toMatchObject({ state: 'authNeeded' });
    expect(await runs()).toBe('--first');
  });
});
