import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fileTokenStore } from '../credentials/token-store.ts';
import { LoginSandbox, testKubeconfig, whoAmI } from '../testing/login-sandbox.ts';
import type { OidcIssuer } from '../testing/oidc-issuer.ts';

const { signal } = new AbortController();
const redirectUri = 'http://127.0.0.1:7420/api/logins/callback';

describe.skipIf(testKubeconfig === '')('an OpenID Connect user', () => {
  let sandbox: LoginSandbox;
  let issuer: OidcIssuer;
  const entry = (tokens: object = {}) => ({
    'auth-provider': {
      name: 'oidc',
      config: { 'idp-issuer-url': issuer.url, 'client-id': 'quarterdeck', 'idp-certificate-authority': 'issuer-ca.crt', ...tokens },
    },
  });
  const given = (lifetimeSeconds: number) => {
    const { id_token, refresh_token } = issuer.issue(lifetimeSeconds);
    return { 'id-token': id_token, 'refresh-token': refresh_token };
  };
  const store = () => ({ tokens: fileTokenStore(join(sandbox.folder, 'tokens')) });

  beforeAll(async () => {
    sandbox = await LoginSandbox.open('auth-oidc');
    issuer = await sandbox.issuer();
    // The API server looks for its issuer every ten seconds.
    const api = await sandbox.connect(entry(given(600)));
    await vi.waitFor(() => whoAmI(api), { timeout: 60_000, interval: 500 });
  });
  afterAll(async () => {
    await issuer.stop();
    await sandbox.close();
  });

  it('is known by the claims of the id-token', async () => {
    issuer.person = { sub: 'ann', groups: ['developers', 'on-call'] };
    const api = await sandbox.connect(entry(given(600)));
    expect(await whoAmI(api)).toMatchObject({ username: 'oidc:ann', groups: expect.arrayContaining(['oidc:developers', 'oidc:on-call']) });
  });

  it('outlives its id-token and its refresh-token, with one refresh for all who wait, over restarts', async () => {
    const tokens = given(-60);
    const before = issuer.calls.length;
    const api = await sandbox.connect(entry(tokens), {}, store());
    const people = await Promise.all(Array.from({ length: 20 }, () => whoAmI(api)));
    expect(new Set(people.map(({ username }) => username))).toEqual(new Set(['oidc:ann']));
    expect(issuer.calls.slice(before).filter((call) => call === 'POST /token')).toHaveLength(1);
    expect(issuer.isValid(tokens['refresh-token'])).toBe(false);
    const later = await sandbox.connect(entry(tokens), {}, { ...store(), now: () => Date.now() + 600_000 });
    expect(await whoAmI(later)).toMatchObject({ username: 'oidc:ann' });
    expect(await readFile(join(sandbox.folder, 'config'), 'utf8')).toContain(tokens['refresh-token']);
  });

  it('whose login has ended logs in in a browser, and goes on over the same connection, also into containers', async () => {
    const tokens = given(-60);
    issuer.revokeAll();
    issuer.person = { sub: 'bob', groups: [] };
    const connection = await sandbox.connection(entry(tokens), {}, { tokens: fileTokenStore(join(sandbox.folder, 'other')) });
    const api = sandbox.transport(connection);
    await expect(whoAmI(api)).rejects.toMatchObject({ code: 'CLUSTER_AUTH_FAILED', details: { login: 'browser' } });
    const pending = await connection.login?.begin(redirectUri, signal);
    if (pending === undefined) throw new Error('no login is offered');
    await pending.complete(issuer.visit(pending.url), signal);
    expect(await whoAmI(api)).toMatchObject({ username: 'oidc:bob' });
    await sandbox.kubectl('create', 'rolebinding', 'bob', '--clusterrole=admin', '--user=oidc:bob');
    await sandbox.pod('oidc');
    expect(await sandbox.echo(api, 'oidc', 'hello')).toBe('hello');
  });

  it('with a token that somebody altered is refused by the API server, and told so', async () => {
    const foreign = given(600);
    const [head, claims, signature] = foreign['id-token'].split('.');
    const changed = { ...JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()), sub: 'admin' };
    const token = [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
    const api = await sandbox.connect(entry({ 'id-token': token }));
    await expect(whoAmI(api)).rejects.toMatchObject({ code: 'CLUSTER_AUTH_FAILED', details: { login: 'browser' } });
  });
});
