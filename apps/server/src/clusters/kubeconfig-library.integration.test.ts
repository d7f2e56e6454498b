import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, clusterSchema, kubeconfigFileSchema, kubeconfigsSchema } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type RunningServer, startServer } from '../start-server.ts';
import { findClusterSources } from './cluster-sources.ts';

const kubeconfig = (name: string, user = 'token: t') => `
current-context: ${name}
clusters: [{name: ${name}, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: ${name}, user: {${user}}}]
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}}}]
`;

describe('the kubeconfigs of a running workbench', () => {
  let folder: string;
  let server: RunningServer;
  const log = pino({ level: 'silent' });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-library-'));
    await writeFile(join(folder, 'config'), kubeconfig('a'));
    const options = { bundle: null, kubeconfig: join(folder, 'config'), context: null, stateDirectory: join(folder, 'state') };
    const clusters = await findClusterSources(options, log);
    server = await startServer({ ...options, clusters, port: 0, version: '0.0.0', log });
  });

  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, body: await response.json() };
  }
  const clusters = async (): Promise<Cluster[]> => z.array(clusterSchema).parse((await call('GET', '/api/clusters')).body);
  const ids = async () => (await clusters()).map(({ id }) => id);

  it('show what is written into their files, and keep the cluster that is selected', async () => {
    await writeFile(join(folder, 'config'), `${kubeconfig('b').trim()}\n`);
    await vi.waitFor(async () => expect(await ids()).toEqual(['b']), { timeout: 10_000 });
    expect(await clusters()).toMatchObject([{ current: false, kubeconfigCurrent: true, state: 'idle' }]);
  });

  it('take an uploaded file that only its owner can read, and give it up again', async () => {
    const uploaded = await call('POST', '/api/kubeconfigs', {
      name: 'mine.yaml',
      text: kubeconfig('a', 'exec: {apiVersion: client.authentication.k8s.io/v1, command: evil}'),
    });
    expect(kubeconfigFileSchema.parse(uploaded.body)).toMatchObject({ name: 'mine.yaml', contexts: ['a@mine.yaml'], problems: [] });
    expect((await stat(join(folder, 'state/kubeconfigs/mine.yaml'))).mode & 0o777).toBe(0o600);
    expect(await ids()).toEqual(['a', 'a@mine.yaml']);
    const selected = clusterSchema.parse((await call('POST', '/api/clusters/select', { cluster: 'a@mine.yaml' })).body);
    expect(selected).toMatchObject({ state: 'authNeeded', uploaded: true, reason: expect.stringContaining('run the program evil') });
    expect((await call('POST', '/api/kubeconfigs', { name: 'mine.yaml', text: kubeconfig('z') })).status).toBe(409);
    const removed = await call('DELETE', '/api/kubeconfigs/mine.yaml');
    expect(removed).toMatchObject({ status: 200 });
    expect(await ids()).toEqual(['a']);
  });

  it('refuse a file without a usable context, and say which line is wrong', async () => {
    const { status, body } = await call('POST', '/api/kubeconfigs', { name: 'bad.yaml', text: kubeconfig('x').replace('https', 'ftp') });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'KUBECONFIG_INVALID', details: { problems: expect.arrayContaining([expect.objectContaining({ line: 3 })]) } });
    expect(JSON.stringify(body)).not.toContain(folder);
    expect((await call('POST', '/api/kubeconfigs', { name: '../evil', text: kubeconfig('x') })).status).toBe(400);
    expect(await ids()).toEqual(['a']);
  });

  it('are told with their problems', async () => {
    await writeFile(join(folder, 'config'), `${kubeconfig('a')}nonsense`);
    await vi.waitFor(
      async () => {
        const { files } = kubeconfigsSchema.parse((await call('GET', '/api/kubeconfigs')).body);
        expect(files[0]?.problems).toMatchObject([{ line: expect.any(Number), message: expect.stringContaining('not valid YAML') }]);
      },
      { timeout: 10_000 },
    );
  });
});
