import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type KubeconfigSources, loadKubeconfig } from '../kubeconfig/load-kubeconfig.ts';
import { selfSignedCertificate } from '../proxy/self-signed-certificate.ts';
import { OidcIssuer } from '../testing/oidc-issuer.ts';
import { fetchText } from '../transport/fetch-text.ts';
import { fileTokenStore } from './token-store.ts';

const { signal } = new AbortController();
const tls = selfSignedCertificate('issuer');
const redirectUri = 'http://127.0.0.1:7420/api/logins/callback';
let issuer: OidcIssuer;
let folder: string;
let tokens: Record<string, string>;
let server: string;

beforeAll(async () => {
  issuer = await new OidcIssuer({ tls, clientId: 'kube' }).start();
});
afterAll(() => issuer.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarterdeck-tokens-'));
  issuer.calls.length = 0;
  Object.assign(issuer, { lifetimeSeconds: 300, refuses: null, forgetsNonce: false, deviceAgreed: false });
  const given = issuer.issue(-10);
  tokens = { 'id-token': given.id_token, 'refresh-token': given.refresh_token };
  server = 'https://api';
});
afterEach(() => rm(folder, { recursive: true }));

/** The connection as a process that starts now has it. */
async function connect(rest: Partial<KubeconfigSources> = {}) {
  const config = { 'idp-issuer-url': issuer.url, 'client-id': 'kube', 'idp-certificate-authority-data': btoa(tls.certificate), ...tokens };
  const text = JSON.stringify({
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'ann', user: { 'auth-provider': { name: 'oidc', config } } }],
    contexts: [{ name: 'a', context: { cluster: 'c', user: 'ann' } }],
  });
  const { contexts } = await loadKubeconfig({
    ...{ environment: {}, homeDirectory: '/home/ann', file: '/kube', now: Date.now, fetchText, tokens: fileTokenStore(folder) },
    readFile: async () => Buffer.from(text),
    listFolder: async () => null,
    runProgram: () => Promise.reject(new Error('nobody runs')),
    ...rest,
  });
  const connection = await contexts[0]?.connection();
  if (connection?.login === undefined) throw new Error('no login is offered');
  return { credentials: connection.credentials, login: connection.login };
}

const subjectOf = (authorization: string | null) => JSON.parse(Buffer.from(authorization?.split('.')[1] ?? '', 'base64url').toString()).sub;
const refreshes = () => issuer.calls.filter((call) => call === 'POST /token').length;

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  if (!(thrown instanceof AppError)) throw new Error('no failure');
  return thrown;
}

describe('a login at an issuer that rotates its refresh tokens', () => {
  it('lives on over restarts with the token that was given last, in a file for the owner alone', async () => {
    const first = await (await connect()).credentials.current(signal);
    expect(subjectOf(first.authorization)).toBe('ann');
    const again = await (await connect()).credentials.current(signal);
    expect(again.authorization).toBe(first.authorization);
    expect(refreshes()).toBe(1);
    const late = await connect({ now: () => Date.now() + 250_000 });
    expect((await late.credentials.current(signal)).authorization).not.toBe(first.authorization);
    expect(refreshes()).toBe(2);
    const [file, ...others] = await readdir(folder);
    expect(others).toEqual([]);
    expect((await stat(join(folder, file ?? ''))).mode & 0o777).toBe(0o600);
  });

  it('is shared by processes: none uses a token that another has used up', async () => {
    const [one, other] = [await connect(), await connect()];
    const first = await one.credentials.current(signal);
    expect((await other.credentials.current(signal)).authorization).toBe(first.authorization);
    expect(refreshes()).toBe(1);
    const renewed = await one.credentials.renew(first, signal);
    expect(renewed?.authorization).not.toBe(first.authorization);
    expect(refreshes()).toBe(2);
    expect(await (await connect()).credentials.current(signal)).toMatchObject({ authorization: renewed?.authorization });
  });

  it('is renewed by one process at a time', async () => {
    const processes = await Promise.all(Array.from({ length: 5 }, () => connect()));
    const all = await Promise.all(processes.map(({ credentials }) => credentials.current(signal)));
    expect(new Set(all.map(({ authorization }) => authorization)).size).toBe(1);
    expect(refreshes()).toBe(1);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('goes on with the kubeconfig where that is newer than what was kept', async () => {
    await (await connect()).credentials.current(signal);
    issuer.revokeAll();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const newer = issuer.issue(-5);
    tokens = { 'id-token': newer.id_token, 'refresh-token': newer.refresh_token };
    const late = await connect({ now: () => Date.now() + 300_000 });
    await late.credentials.current(signal);
    expect(issuer.isValid(newer.refresh_token)).toBe(false);
  });

  it('of an uploaded kubeconfig gives nothing to another server, even under the same name', async () => {
    const uploaded = { trusted: false } as const;
    await (await connect(uploaded)).credentials.current(signal);
    server = 'https://evil';
    issuer.revokeAll();
    expect(await failureOf((await connect(uploaded)).credentials.current(signal))).toMatchObject({ code: 'CLUSTER_AUTH_FAILED' });
  });

  it('that has ended says so, and how to begin anew', async () => {
    issuer.revokeAll();
    const { credentials } = await connect();
    const error = await failureOf(credentials.current(signal));
    expect(error).toMatchObject({ code: 'CLUSTER_AUTH_FAILED', message: expect.stringContaining('has ended'), hint: expect.stringContaining('qd login') });
    expect(error.details).toMatchObject({ login: 'browser', issuer: issuer.url });
    expect(JSON.stringify([error, error.message, error.cause])).not.toContain(tokens['refresh-token']);
  });
});

describe('a login in a browser', () => {
  it('takes the place of one that has ended, at once and after a restart', async () => {
    issuer.revokeAll();
    const { credentials, login } = await connect();
    await failureOf(credentials.current(signal));
    const pending = await login.begin(redirectUri, signal);
    const asked = new URL(pending.url).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid offline_access',
      redirect_uri: redirectUri,
    });
    await pending.complete(issuer.visit(pending.url), signal);
    const now = await credentials.current(signal);
    expect(subjectOf(now.authorization)).toBe('ann');
    expect((await (await connect()).credentials.current(signal)).authorization).toBe(now.authorization);
  });

  it('works where the kubeconfig has no token at all', async () => {
    tokens = {};
    const { credentials, login } = await connect();
    const pending = await login.begin(redirectUri, signal);
    await pending.complete(issuer.visit(pending.url), signal);
    expect(subjectOf((await credentials.current(signal)).authorization)).toBe('ann');
  });

  it.each<[string, () => void, (answer: URLSearchParams) => void, string]>([
    ['that the issuer refuses', () => Object.assign(issuer, { refuses: 'access_denied' }), () => undefined, 'was refused (access_denied)'],
    ['of somebody else', () => undefined, (answer) => answer.set('state', 'other'), 'belongs to another login'],
    ['with a token of another login', () => Object.assign(issuer, { forgetsNonce: true }), () => undefined, 'belongs to another login'],
    ['by another issuer', () => undefined, (answer) => answer.set('iss', 'https://evil'), 'another issuer answered'],
    ['with a code that is none', () => undefined, (answer) => answer.set('code', 'x'), 'invalid_grant'],
  ])('%s changes nothing', async (_name, prepare, alter, words) => {
    prepare();
    const { login } = await connect();
    const pending = await login.begin(redirectUri, signal);
    const answer = issuer.visit(pending.url);
    alter(answer);
    expect(await failureOf(pending.complete(answer, signal))).toMatchObject({ code: 'CLUSTER_AUTH_FAILED', message: expect.stringContaining(words) });
    expect(await readdir(folder)).toEqual([]);
  });

  it('works once', async () => {
    const { login } = await connect();
    const pending = await login.begin(redirectUri, signal);
    const answer = issuer.visit(pending.url);
    await pending.complete(answer, signal);
    expect(await failureOf(pending.complete(answer, signal))).toMatchObject({ message: expect.stringContaining('invalid_grant') });
  });
});

describe('a login on another device', () => {
  it('waits for its person, and then takes the place of the old one', async () => {
    issuer.revokeAll();
    const { credentials, login } = await connect();
    const device = await login.beginDevice(signal);
    expect(device).toMatchObject({ url: `${issuer.url}/activate`, userCode: 'ABCD-EFGH' });
    const waiting = device.wait(signal);
    await vi.waitFor(() => expect(refreshes()).toBeGreaterThan(1));
    issuer.deviceAgreed = true;
    await waiting;
    expect(subjectOf((await credentials.current(signal)).authorization)).toBe('ann');
  });

  it.each(['access_denied', 'expired_token'])('that ends with %s says so', async (error) => {
    const { login } = await connect();
    const device = await login.beginDevice(signal);
    issuer.refuses = error;
    expect(await failureOf(device.wait(signal))).toMatchObject({ code: 'CLUSTER_AUTH_FAILED', message: expect.stringContaining(error) });
  });
});
