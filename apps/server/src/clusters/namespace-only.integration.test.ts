import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ApiCost, clusterCostSchema, issueSchema, namespacesSchema, resourceListSchema } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type RunningServer, startServer } from '../start-server.ts';
import { findClusterSources } from './cluster-sources.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';
const [own, other] = [`server-own-${process.pid}`, `server-other-${process.pid}`];
const kubectl = async (...args: string[]) => (await promisify(execFile)('kubectl', ['--kubeconfig', kubeconfig, ...args])).stdout.trim();

const cannotPull = (namespace: string) => ['-n', namespace, 'run', 'broken', '--image=registry.invalid/none:1'];

describe.skipIf(kubeconfig === '')('somebody with rights in two namespaces alone', () => {
  let folder: string;
  let server: RunningServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-reach-'));
    for (const namespace of [own, other]) {
      await kubectl('create', 'namespace', namespace);
      await kubectl('-n', namespace, 'create', 'rolebinding', 'viewer', '--clusterrole=view', `--serviceaccount=${own}:viewer`);
      await kubectl(...cannotPull(namespace));
    }
    await kubectl('-n', own, 'create', 'serviceaccount', 'viewer');
    const token = await kubectl('-n', own, 'create', 'token', 'viewer');
    const config = z.object({ clusters: z.array(z.unknown()) }).parse(JSON.parse(await kubectl('config', 'view', '--raw', '--minify', '-o', 'json')));
    const [cluster] = z.array(z.object({ name: z.string() }).loose()).parse(config.clusters);
    const context = { cluster: cluster?.name, user: 'viewer', namespace: own };
    const users = [{ name: 'viewer', user: { token } }];
    const content = { clusters: config.clusters, users, contexts: [{ name: 'viewer', context }], 'current-context': 'viewer' };
    await writeFile(join(folder, 'config'), JSON.stringify(content), { mode: 0o600 });
    const log = pino({ level: 'silent' });
    const options = { bundle: null, kubeconfig: join(folder, 'config'), context: null, stateDirectory: join(folder, 'state') };
    server = await startServer({ ...options, clusters: await findClusterSources(options, log), port: 0, version: '0.0.0', log });
  });

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
    await kubectl('delete', 'namespace', own, other, '--wait=false');
  });

  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { authorization: `Bearer ${server.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  }

  async function cost(): Promise<ApiCost> {
    const [only] = z.array(clusterCostSchema).parse(await call('GET', '/api/clusters/cost'));
    if (only === undefined) throw new Error('nothing was asked');
    return only.cost;
  }
  const podsIn = async () => resourceListSchema.parse(await call('GET', '/api/resources?kind=pods')).items.map(({ object }) => object.namespace);

  it('sees the namespace of the context, and is told that there may be others', async () => {
    const known = namespacesSchema.parse(await call('GET', '/api/namespaces'));
    expect(known).toMatchObject({
      complete: false,
      reason: expect.stringContaining('list namespaces'),
      namespaces: [{ name: own, from: ['context'], usable: true }],
    });
    expect(await podsIn()).toEqual([own]);
  });

  it('names another one, and sees tables, issues and the tree of both', async () => {
    const known = namespacesSchema.parse(await call('POST', '/api/namespaces', { add: [other, 'kube-system'] }));
    expect(known.namespaces.map(({ name, usable }) => [name, usable])).toEqual([
      ['kube-system', false],
      [other, true],
      [own, true],
    ]);
    expect((await podsIn()).sort()).toEqual([other, own]);
    await vi.waitFor(
      async () => {
        const issues = z.array(issueSchema).parse(await call('GET', '/api/issues'));
        expect(issues.map(({ namespace }) => namespace)).toEqual(expect.arrayContaining([own, other]));
      },
      { timeout: 60_000, interval: 1000 },
    );
    expect(await call('GET', '/api/tree')).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ label: own }), expect.objectContaining({ label: other })]),
    );
  });

  it('never asks again for what the cluster refused', async () => {
    const before = await cost();
    for (const path of ['/api/issues', '/api/tree', '/api/resources?kind=pods', '/api/resources?kind=configmaps', '/api/namespaces']) await call('GET', path);
    for (const kind of ['nodes', 'persistentvolumes', 'nodes', 'namespaces']) await call('GET', `/api/resources?kind=${kind}`).catch(() => null);
    const after = await cost();
    const refused = after.byRequest.filter(({ forbidden, scope }) => forbidden > 0 && scope === 'cluster');
    expect(refused.map(({ verb, resource, forbidden }) => [verb, resource, forbidden]).filter(([, , times]) => times !== 1)).toEqual([]);
    expect(after.total.forbidden).toBe(before.total.forbidden);
    // Of namespaced kinds nothing was asked for in all namespaces at all.
    expect(refused.map(({ resource }) => resource)).not.toEqual(expect.arrayContaining(['pods']));
  });

  it('is shown what can be read of several namespaces, and told which can not', async () => {
    const list = resourceListSchema.parse(await call('GET', `/api/resources?kind=pods&namespace=${own},kube-system&sort=-namespace,name&labels=run`));
    expect(list.items.map(({ object, cells }) => [object.namespace, cells.at(-1)])).toEqual([[own, 'broken']]);
    expect(list.unread).toEqual([{ namespace: 'kube-system', code: 'FORBIDDEN', error: expect.stringContaining('pods') }]);
    expect(await call('GET', `/api/resources/values?kind=pods&of=label:run&namespace=${own}`)).toEqual({
      values: [{ value: 'broken', count: 1 }],
      more: false,
    });
  });
});
