import { OidcIssuer, selfSignedCertificate } from '@quarterdeck/cluster/testing/oidc-issuer';
import { readActs, updateUser } from '@quarterdeck/storage';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cookieOf, type TestTeam, testTeam } from '../testing/test-team.ts';
import { makeFirstAccount } from './log-in.ts';
import type { OidcOptions } from './oidc-options.ts';

const tls = selfSignedCertificate('issuer');
let issuer: OidcIssuer;
let team: TestTeam;

beforeAll(async () => {
  issuer = await new OidcIssuer({ tls, clientId: 'workbench' }).start();
});
afterAll(() => issuer.stop());
beforeEach(async () => {
  Object.assign(issuer, { refuses: null, forgetsNonce: false, lifetimeSeconds: 300 });
  issuer.person = { sub: 'ann', groups: ['sre', 'platform'], email: 'ann@example.org', email_verified: true, name: 'Ann' };
  team = await testTeam({ oidc: options() });
});

function options(): OidcOptions {
  return {
    name: 'Example SSO',
    issuer: new URL(issuer.url),
    clientId: 'workbench',
    clientSecret: 'secret',
    scopes: 'openid email',
    groupsClaim: 'groups',
    roles: [
      { group: 'sre', role: 'operator' },
      { group: 'platform', role: 'viewer' },
    ],
    certificateAuthority: tls.certificate,
  };
}

/** The browser's part: begins here, goes to the issuer, and comes back with what that gave it. `tamper` changes it on the way. */
async function logIn(tamper: (answer: URLSearchParams) => void = () => undefined, cookie?: string) {
  const begun = await team.call({ cookie: 'none=1' }, 'POST', '/api/auth/oidc', {});
  const { url } = z.object({ url: z.string() }).parse(begun.body);
  const answer = issuer.visit(url);
  tamper(answer);
  const back = await team.call({ cookie: cookie ?? cookieOf(begun) }, 'GET', `/api/auth/oidc/callback?${answer}`);
  const session = back.headers.getSetCookie().find((set) => set.startsWith('quarterdeck_7420=')) ?? null;
  return { url, begun, status: back.status, location: back.headers.get('location') ?? '', session: session?.split(';')[0] ?? null, answer };
}

const failure = (location: string) => new URL(location, 'http://x').searchParams.get('failed');

describe('a login at an issuer', () => {
  it('comes back with a session, whose role is that of the groups', async () => {
    expect(await team.call(null, 'GET', '/api/auth/methods')).toMatchObject({ body: { oidc: { name: 'Example SSO' } } });
    const { url, begun, status, location, session } = await logIn();
    const asked = new URL(url).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', scope: 'openid email' });
    expect([asked.get('state'), asked.get('nonce'), asked.get('code_challenge')]).not.toContain(null);
    expect(begun.headers.getSetCookie()[0]).toMatch(/^quarterdeck_7420_oidc=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    expect([status, location]).toEqual([303, '/']);
    const { body } = await team.call({ cookie: session ?? '' }, 'GET', '/api/auth/session');
    expect(body).toMatchObject({ user: 'ann@example.org', name: 'Ann', password: false, organisations: [{ id: 'default', role: 'Operator' }] });
    const { acts } = await readActs(team.services.storage.db, {}, { limit: 5 });
    expect(acts).toMatchObject([{ action: 'session.login', actor: { id: 'ann@example.org' }, input: { method: 'oidc' }, result: { outcome: 'done' } }]);
  });

  it('knows people by issuer and subject, and follows their groups', async () => {
    const first = await logIn();
    issuer.person = { ...issuer.person, groups: ['platform'], email: 'ann.moved@example.org' };
    const second = await logIn();
    for (const { session } of [first, second]) {
      const { body } = await team.call({ cookie: session ?? '' }, 'GET', '/api/auth/session');
      expect(body).toMatchObject({ user: 'ann@example.org', organisations: [{ role: 'Viewer' }] });
    }
    issuer.person = { ...issuer.person, groups: ['guests'] };
    expect(failure((await logIn()).location)).toContain('groups');
  });

  it('takes over the account of the same verified address, and leaves the last owner one', async () => {
    const { user } = await makeFirstAccount(team.door.team, { email: 'ann@example.org', name: 'Ann', password: 'lanterns over the harbour' });
    const { session } = await logIn();
    expect((await team.call({ cookie: session ?? '' }, 'GET', '/api/auth/session')).body).toMatchObject({ password: true, organisations: [{ role: 'Owner' }] });
    await updateUser(team.services.storage.db, user.id, { disabled: true });
    expect(await logIn()).toMatchObject({ location: expect.stringContaining('disabled'), session: null });
  });

  it('is refused where the issuer does not vouch for the address', async () => {
    issuer.person = { ...issuer.person, email_verified: false };
    expect(await logIn()).toMatchObject({ location: expect.stringContaining('vouch'), session: null });
  });

  it.each([
    ['another state', (answer: URLSearchParams) => answer.set('state', 'x')],
    ['another code', (answer: URLSearchParams) => answer.set('code', 'x')],
    ['a refusal', (answer: URLSearchParams) => answer.set('error', 'access_denied')],
  ])('with %s is refused, and the page says so', async (_, tamper) => {
    const { status, location, session } = await logIn(tamper);
    expect([status, failure(location), session]).toEqual([303, 'Example SSO did not let you in.', null]);
  });

  it('with a token of another login is refused', async () => {
    issuer.forgetsNonce = true;
    expect(await logIn()).toMatchObject({ session: null });
  });

  it('counts once, in the browser that began it', async () => {
    const { answer, begun } = await logIn();
    const again = await team.call({ cookie: cookieOf(begun) }, 'GET', `/api/auth/oidc/callback?${answer}`);
    expect(failure(again.headers.get('location') ?? '')).toContain('not begun in this browser');
    expect(failure((await logIn(undefined, 'none=1')).location)).toContain('not begun in this browser');
  });

  it('is not offered where no issuer is set up, and fails in words where it can’t be reached', async () => {
    const without = await testTeam();
    expect((await without.call({ cookie: 'none=1' }, 'POST', '/api/auth/oidc', {})).status).toBe(501);
    const dead = await testTeam({ oidc: { ...options(), issuer: new URL('https://127.0.0.1:9') } });
    expect(await dead.call({ cookie: 'none=1' }, 'POST', '/api/auth/oidc', {})).toMatchObject({
      status: 401,
      body: { error: "Example SSO can't be reached." },
    });
  });
});
