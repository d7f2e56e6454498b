import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserLogin, type ConnectionSettings, loginStores } from '@quarterdeck/cluster';
import { AppError, type LoginConsent, loginOfferSchema, startedLoginSchema } from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClusterRegistry } from '../clusters/cluster-registry.ts';
import type { ClusterSource } from '../clusters/cluster-source.ts';
import { localPerson } from '../gate/actors.ts';
import { MemoryCluster } from '../testing/memory-cluster.ts';
import { type TestApp, testApp, testPort } from '../testing/test-app.ts';
import { LoginDesk } from './login-desk.ts';

const { signal } = new AbortController();
const expired = () => new AppError('CLUSTER_AUTH_FAILED', 'The login has ended.');
const origin = `http://127.0.0.1:${testPort}`;

/** A cluster that is shut until somebody logs in with the code `good`. */
function lockedCluster(): ClusterSource & { codes: string[] } {
  const cluster = new MemoryCluster();
  cluster.outage = expired();
  const codes: string[] = [];
  let states = 0;
  const login: BrowserLogin = {
    issuer: 'https://issuer',
    beginDevice: () => Promise.reject(new Error('nobody asks for it')),
    async begin(redirectUri) {
      states += 1;
      const state = `state-${states}`;
      const complete = async (answer: URLSearchParams) => {
        codes.push(answer.get('code') ?? '');
        if (answer.get('code') !== 'good') throw new AppError('CLUSTER_AUTH_FAILED', 'The login at https://issuer was refused (access_denied).');
        cluster.outage = null;
      };
      return { url: `https://issuer/authorize?state=${state}&redirect_uri=${encodeURIComponent(redirectUri)}`, state, complete };
    },
  };
  const settings: ConnectionSettings = {
    ...{ server: 'https://memory.example', insecureSkipTlsVerify: false, tlsServerName: null, proxyUrl: null, impersonation: {}, login },
    credentials: { current: () => Promise.reject(expired()), renew: async () => null },
    certificateAuthority: async () => null,
  };
  return { ...cluster.source, connection: async () => settings, codes };
}

describe('a login in the browser', () => {
  let source: ReturnType<typeof lockedCluster>;
  let test: TestApp;
  beforeEach(async () => {
    source = lockedCluster();
    test = await testApp([source]);
  });

  const state = () => test.services.clusters.seenBy({ actor: localPerson }).list()[0]?.state;
  const start = async () => startedLoginSchema.parse((await test.call('POST', '/api/logins', {})).body);
  /** As a browser that comes from the issuer's site, without a cookie. */
  const comeBack = async (query: string) => {
    const headers = { host: `127.0.0.1:${testPort}`, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const response = await test.app.request(`/api/logins/callback?${query}`, { headers });
    return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
  };

  it('is offered, and connects the cluster when the browser comes back', async () => {
    await test.call('POST', '/api/clusters/select', { cluster: source.id });
    expect(state()).toBe('authNeeded');
    const offer = { kind: 'browser', issuer: 'https://issuer', server: 'https://memory.example', waiting: false, failure: null };
    expect((await test.call('GET', '/api/logins')).body).toEqual(offer);
    const { url, issuer } = await start();
    expect((await test.call('GET', '/api/logins')).body).toEqual({ ...offer, waiting: true });
    expect(issuer).toBe('https://issuer');
    expect(new URL(url).searchParams.get('redirect_uri')).toBe(`${origin}/api/logins/callback`);
    const { status, text, type } = await comeBack(`state=${new URL(url).searchParams.get('state')}&code=good`);
    expect([status, type]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(text).toContain('You are logged in to memory');
    await vi.waitFor(() => expect(state()).toBe('live'));
  });

  it('that the issuer refuses says so to its person, there and here, until the next one is begun', async () => {
    await start();
    const { status, text } = await comeBack('state=state-1&error=access_denied');
    expect([status, text]).toEqual([200, expect.stringContaining('was refused (access_denied)')]);
    const refused = { waiting: false, failure: expect.stringContaining('was refused (access_denied)') };
    expect((await test.call('GET', '/api/logins')).body).toMatchObject(refused);
    await start();
    expect((await test.call('GET', '/api/logins')).body).toMatchObject({ waiting: true, failure: null });
  });

  it('that was begun before another one says nothing about that one', async () => {
    await start();
    await start();
    await comeBack('state=state-1&error=access_denied');
    expect((await test.call('GET', '/api/logins')).body).toMatchObject({ waiting: true, failure: null });
  });

  it('is answered once, and only where somebody waits for it', async () => {
    expect((await comeBack('state=state-1&code=good')).status).toBe(410);
    await start();
    expect((await comeBack('state=state-2&code=good')).status).toBe(410);
    expect((await comeBack('state=state-1&code=good')).status).toBe(200);
    expect((await comeBack('state=state-1&code=good')).status).toBe(410);
    expect((await comeBack('code=good')).status).toBe(400);
    expect(source.codes).toEqual(['good']);
  });

  it('is given up after five minutes', async () => {
    let now = 0;
    const clusters = new ClusterRegistry({ sources: [source], current: source.id }, () => undefined);
    const consents = { has: async () => false, add: async () => undefined };
    const desk = new LoginDesk({ clusters, consents, log: pino({ level: 'silent' }), now: () => now });
    await desk.start(undefined, origin, signal);
    now = 300_000;
    expect(await desk.offer(undefined)).toMatchObject({ waiting: false, failure: expect.stringContaining('five minutes') });
    await expect(desk.finish(new URLSearchParams('state=state-1&code=good'), signal)).rejects.toMatchObject({ code: 'GONE' });
    await clusters.close();
  });

  it('is not there for a cluster that logs in otherwise', async () => {
    const plain = await testApp([new MemoryCluster().source]);
    expect((await plain.call('GET', '/api/logins')).body).toEqual({ kind: 'none' });
    expect((await plain.call('POST', '/api/logins', {})).body).toMatchObject({ code: 'UNSUPPORTED' });
  });
});

describe('an imported kubeconfig that wants to run something', () => {
  let folder: string;
  let wanted: LoginConsent;
  let desk: LoginDesk;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-desk-'));
    const { consents } = loginStores(folder);
    wanted = {
      id: 'a'.repeat(64),
      command: ['login', '--now'],
      ...{ environment: [], files: [], proxy: null, serverChecked: true },
      server: 'https://memory.example',
    };
    const cluster = new MemoryCluster();
    const ask = async (): Promise<ConnectionSettings> => {
      if (!(await consents.has(wanted.id))) throw new AppError('FORBIDDEN', 'It wants to run login.', { details: { consent: wanted } });
      throw expired();
    };
    const source: ClusterSource = { ...cluster.source, connection: ask };
    const clusters = new ClusterRegistry({ sources: [source], current: source.id }, () => undefined);
    desk = new LoginDesk({ clusters, consents, log: pino({ level: 'silent' }), now: Date.now });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is shown with what it wants, and may once that is allowed', async () => {
    expect(loginOfferSchema.parse(await desk.offer(undefined))).toEqual({ kind: 'consent', consent: wanted });
    expect(await desk.consent(undefined, wanted.id)).toEqual({ kind: 'none' });
  });

  it('may nothing that changed after it was shown', async () => {
    const shown = wanted.id;
    wanted = { ...wanted, id: 'b'.repeat(64), command: ['rm'] };
    await expect(desk.consent(undefined, shown)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await desk.offer(undefined)).toMatchObject({ kind: 'consent' });
  });
});
