import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { AppError } from '@quarterdeck/contract';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type KubeconfigSources, loadKubeconfig } from '../kubeconfig/load-kubeconfig.ts';
import { selfSignedCertificate } from '../proxy/self-signed-certificate.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { fetchText } from '../transport/fetch-text.ts';

const { signal } = new AbortController();
const authority = selfSignedCertificate('issuer');
const clock = new ManualClock();
const idTokenFor = (seconds: number, mark: string) => `h.${Buffer.from(JSON.stringify({ exp: clock.now() / 1000 + seconds, mark })).toString('base64url')}.s`;

/** What the issuer was asked, and what it answers next. */
const asked: { path: string; authorization: string | undefined; form: string }[] = [];
let answer: { status: number; body: unknown };
let methods: string[] | undefined;
let server: Server;
let issuer: string;

beforeAll(async () => {
  server = createServer({ cert: authority.certificate, key: authority.key }, async (request, response) => {
    const form = (await request.toArray()).join('');
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization, form });
    const discovery = { issuer, token_endpoint: `${issuer}/token`, token_endpoint_auth_methods_supported: methods };
    const { status, body } = request.url === '/token' ? answer : { status: 200, body: discovery };
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the issuer does not listen');
  issuer = `https://127.0.0.1:${address.port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked.length = 0;
  methods = undefined;
  answer = { status: 200, body: { id_token: idTokenFor(600, 'new'), refresh_token: 'r2' } };
});

async function credentialsOf(config: Record<string, string>, name = 'oidc', trustsIssuer = true) {
  const ca = trustsIssuer ? { 'idp-certificate-authority-data': btoa(authority.certificate) } : {};
  const provider = { name, config: { 'idp-issuer-url': issuer, 'client-id': 'kube', 'refresh-token': 'r1', ...ca, ...config } };
  const sources: KubeconfigSources = {
    environment: {},
    homeDirectory: '/home/ann',
    now: clock.now,
    readFile: async () =>
      Buffer.from(
        JSON.stringify({
          clusters: [{ name: 'c', cluster: { server: 'https://c' } }],
          users: [{ name: 'u', user: { 'auth-provider': provider } }],
          contexts: [{ name: 'a', context: { cluster: 'c', user: 'u' } }],
        }),
      ),
    runProgram: () => Promise.reject(new Error('nobody runs')),
    fetchText,
  };
  const connection = await (await loadKubeconfig(sources)).contexts[0]?.connection();
  if (connection === undefined) throw new Error('no context');
  return connection.credentials;
}

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  if (!(thrown instanceof AppError)) throw new Error('no failure');
  return thrown;
}

it('an id-token is used until it expires, and then renewed once for all', async () => {
  const held = idTokenFor(600, 'held');
  const credentials = await credentialsOf({ 'id-token': held });
  expect(await credentials.current(signal)).toMatchObject({ authorization: `Bearer ${held}` });
  expect(asked).toEqual([]);
  clock.advance(595_000);
  answer.body = { id_token: idTokenFor(600, 'fresh'), refresh_token: 'r2' };
  const [one, other] = await Promise.all([credentials.current(signal), credentials.current(signal)]);
  expect(one).toBe(other);
  expect(one.authorization).not.toBe(`Bearer ${held}`);
  expect(asked.map(({ path }) => path)).toEqual(['/.well-known/openid-configuration', '/token']);
});

it('the refresh-token is the one that the issuer gave last, and the client says who it is as the issuer wants', async () => {
  const credentials = await credentialsOf({ 'client-secret': 's:1' });
  const first = await credentials.current(signal);
  expect(asked[1]).toEqual({ path: '/token', authorization: `Basic ${btoa('kube:s%3A1')}`, form: 'grant_type=refresh_token&refresh_token=r1' });
  methods = ['client_secret_post'];
  answer.body = { id_token: idTokenFor(600, 'third') };
  expect(await credentials.renew(first, signal)).not.toBe(first);
  expect(asked[3]).toEqual({ path: '/token', authorization: undefined, form: 'grant_type=refresh_token&refresh_token=r2&client_id=kube&client_secret=s%3A1' });
});

it('a refused refresh says what OAuth says, and no token', async () => {
  answer = { status: 400, body: { error: 'invalid_grant', error_description: 'r1 was revoked' } };
  const error = await failureOf((await credentialsOf({})).current(signal));
  expect(error).toMatchObject({
    code: 'CLUSTER_AUTH_FAILED',
    message: expect.stringContaining('has ended: the issuer does not renew it (invalid_grant)'),
    details: { login: 'browser' },
    hint: expect.stringContaining('Log in again'),
  });
  expect(JSON.stringify([error, error.message, String(error.cause)])).not.toContain('r1 ');
});

it.each<[string, Record<string, string>, unknown, string]>([
  ['no refresh-token', { 'refresh-token': '', 'id-token': 'no-jwt' }, {}, 'no refresh-token'],
  ['no id_token in the answer', {}, { access_token: 'x' }, 'no id_token'],
])('%s is said', async (_name, config, body, words) => {
  answer.body = body;
  expect(await failureOf((await credentialsOf(config)).current(signal))).toMatchObject({
    code: 'CLUSTER_AUTH_FAILED',
    message: expect.stringContaining(words),
  });
});

it('an issuer whose authority is not named is not trusted', async () => {
  const error = await failureOf((await credentialsOf({}, 'oidc', false)).current(signal));
  expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', hint: expect.stringContaining('idp-certificate-authority') });
  expect(asked).toEqual([]);
});

it.each([
  ['gcp', 'gke-gcloud-auth-plugin'],
  ['azure', 'kubelogin'],
])('the auth-provider %s is replaced by %s', async (name, replacement) => {
  expect(await failureOf(credentialsOf({}, name))).toMatchObject({ code: 'UNSUPPORTED', hint: expect.stringContaining(replacement) });
});

it('an issuer without https is an error of the kubeconfig', async () => {
  expect(await failureOf(credentialsOf({ 'idp-issuer-url': 'http://127.0.0.1' }))).toMatchObject({ code: 'KUBECONFIG_INVALID' });
});
