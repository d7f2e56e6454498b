import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoginSandbox, testKubeconfig } from '@quarterdeck/cluster/testing/login-sandbox';
import type { OidcIssuer } from '@quarterdeck/cluster/testing/oidc-issuer';
import { type Cluster, clusterSchema, startedLoginSchema } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { findClusterSources } from '../clusters/cluster-sources.ts';
import { type RunningServer, startServer } from '../start-server.ts';

describe.skipIf(testKubeconfig === '')('a workbench on a cluster with an OpenID Connect user', () => {
  let sandbox: LoginSandbox;
  let issuer: OidcIssuer;
  let state: string;
  let server: RunningServer;
  const log = pino({ level: 'silent' });

  beforeAll(async () => {
    sandbox = await LoginSandbox.open('server-oidc');
    issuer = await sandbox.issuer();
    issuer.person = { sub: 'server-oidc-ann', groups: [] };
    await sandbox.kubectl('create', 'rolebinding', 'ann', '--clusterrole=view', '--user=oidc:server-oidc-ann');
    state = await mkdtemp(join(tmpdir(), 'quarterdeck-oidc-'));
    const config = { 'idp-issuer-url': issuer.url, 'client-id': 'quarterdeck', 'idp-certificate-authority': 'issuer-ca.crt' };
    // Writes the kubeconfig.
    await sandbox.connection({ 'auth-provider': { name: 'oidc', config } });
    server = await start();
  });

  afterAll(async () => {
    await server.close();
    await issuer.stop();
    await rm(state, { recursive: true });
    await sandbox.close();
  });

  async function start(): Promise<RunningServer> {
    const options = { bundle: null, kubeconfig: join(sandbox.folder, 'config'), context: 'sandbox', stateDirectory: state };
    const clusters = await findClusterSources(options, log);
    return startServer({ ...options, clusters, port: 0, version: '0.0.0', log });
  }

  const origin = () => `http://127.0.0.1:${server.port}`;
  async function call(method: string, path: string, body: unknown = null): Promise<unknown> {
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
    return (await fetch(`${origin()}${path}`, { method, headers, ...(body === null ? {} : { body: JSON.stringify(body) }) })).json();
  }
  const select = async (): Promise<Cluster> => clusterSchema.parse(await call('POST', '/api/clusters/select', { cluster: 'sandbox' }));
  async function logIn(): Promise<void> {
    const { url } = startedLoginSchema.parse(await call('POST', '/api/logins', {}));
    const back = await fetch(`${origin()}/api/logins/callback?${issuer.visit(url)}`, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect([back.status, await back.text()]).toEqual([200, expect.stringContaining('logged in to sandbox')]);
  }
  const now = async () => z.array(clusterSchema).parse(await call('GET', '/api/clusters'))[0]?.state;

  it('offers the login, connects when the browser comes back, and is still logged in after a restart', async () => {
    expect(await select()).toMatchObject({ state: 'authNeeded', remedy: expect.stringContaining('browser') });
    expect(await call('GET', '/api/logins')).toMatchObject({ kind: 'browser', issuer: issuer.url, server: sandbox.server });
    await logIn();
    // The API server may not have found its issuer yet: it looks every ten seconds.
    await vi.waitFor(async () => expect(await select()).toMatchObject({ state: 'live', reason: null }), { timeout: 15_000, interval: 1_000 });
    await server.close();
    server = await start();
    expect((await select()).state).toBe('live');
    expect(await now()).toBe('live');
  });

  it('says so when the login ends while it is open, and goes on after the next one', async () => {
    issuer.lifetimeSeconds = 5;
    await logIn();
    const read = () => call('GET', `/api/resources/object?kind=ServiceAccount&namespace=${sandbox.namespace}&name=default`);
    await vi.waitFor(async () => expect(await read()).toMatchObject({ object: { metadata: { name: 'default' } } }), { timeout: 15_000 });
    issuer.revokeAll();
    const ended = { code: 'CLUSTER_AUTH_FAILED', error: expect.stringContaining('has ended'), details: { login: 'browser' } };
    await vi.waitFor(async () => expect(await read()).toMatchObject(ended), { timeout: 20_000, interval: 500 });
    issuer.lifetimeSeconds = 300;
    await logIn();
    expect(await read()).toMatchObject({ object: { metadata: { name: 'default' } } });
  });
});
