import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { refTo } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { findClusterSources } from '../clusters/cluster-sources.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';
const namespace = `own-names-${process.pid}`;
const owner = { email: 'ada@example.org', password: 'lanterns over the harbour' };

describe.skipIf(kubeconfig === '')('people who ask a cluster in their own names', () => {
  let folder: string;
  let server: RunningServer;
  let bob: string;
  let eve: string;
  let cluster: string;
  const kubectl = (...args: string[]) => promisify(execFile)('kubectl', ['--kubeconfig', kubeconfig, ...args]);

  const call = async (token: string, method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers, ...json });
    const answer: unknown = await response.json();
    return { status: response.status, body: answer };
  };
  const logIn = async (credentials: object) => {
    const response = await fetch(`http://127.0.0.1:${server.port}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(credentials),
    });
    return z.object({ token: z.string() }).parse(await response.json()).token;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'quarterdeck-names-'));
    const log = pino({ level: 'silent' });
    const options = { bundle: null, kubeconfig, context: null, stateDirectory: folder };
    const environment = { QUARTERDECK_IMPERSONATE: '*' };
    const team = { admin: owner, oidc: null, demo: false };
    server = await startServer({ ...options, clusters: await findClusterSources(options, log), team, environment, port: 0, version: '0.0.0', log });
    await kubectl('create', 'namespace', namespace);
    await kubectl('create', 'configmap', 'settings', '-n', namespace);
    const ada = await logIn(owner);
    const takeIn = async (email: string) => {
      const { body } = await call(ada, 'POST', '/api/admin/users', { email, name: email, role: 'operator' });
      return logIn({ email, password: z.object({ password: z.string() }).parse(body).password });
    };
    [bob, eve] = [await takeIn('bob@example.org'), await takeIn('eve@example.org')];
    const { body } = await call(ada, 'GET', '/api/clusters');
    cluster =
      z
        .array(z.object({ id: z.string(), current: z.boolean() }))
        .parse(body)
        .find(({ current }) => current)?.id ?? '';
  });
  afterAll(async () => {
    await server?.close();
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    rmSync(folder, { recursive: true, force: true });
  });

  const read = (token: string) => call(token, 'GET', `/api/resources/object?kind=ConfigMap&namespace=${namespace}&name=settings`);
  const label = (token: string, value: string) =>
    call(token, 'POST', '/api/changes', {
      cluster,
      change: { verb: 'label', target: refTo('ConfigMap', namespace, 'settings'), entries: { by: value }, overwrite: true },
    });

  /** The cluster's own refusal, and not that of the gate. */
  const refused = (verb: string) => ({ status: 403, body: { code: 'FORBIDDEN', details: { status: 403, verb, resource: 'configmaps', reason: 'Forbidden' } } });

  it('are held to what the cluster itself allows them, each to their own', async () => {
    expect(await read(bob)).toMatchObject(refused('get'));
    await kubectl('create', 'rolebinding', 'bob', '--clusterrole=view', '--user=quarterdeck:bob@example.org', '-n', namespace);
    expect((await read(bob)).status).toBe(200);
    expect(await read(eve)).toMatchObject(refused('get'));
  });

  it('change what their role may in the cluster, and nothing else', async () => {
    expect(await label(bob, 'bob')).toMatchObject(refused('patch'));
    await kubectl('create', 'rolebinding', 'operators', '--clusterrole=edit', '--group=quarterdeck:default:operator', '-n', namespace);
    expect((await label(eve, 'eve')).status).toBe(200);
    const { stdout } = await kubectl('get', 'configmap', 'settings', '-n', namespace, '-o', 'jsonpath={.metadata.labels.by}');
    expect(stdout).toBe('eve');
  });
});
