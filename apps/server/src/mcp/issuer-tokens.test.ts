import { OidcIssuer, selfSignedCertificate } from '@quarterdeck/cluster/testing/oidc-issuer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { testApp, testPort } from '../testing/test-app.ts';
import { cookieOf, type TestTeam, testTeam } from '../testing/test-team.ts';

const tls = selfSignedCertificate('issuer');
const audience = `http://127.0.0.1:${testPort}/mcp`;
let issuer: OidcIssuer;
let team: TestTeam;

beforeAll(async () => {
  issuer = await new OidcIssuer({ tls, clientId: 'workbench' }).start();
  issuer.person = { sub: 'ann', groups: ['sre'], email: 'ann@example.org', email_verified: true, name: 'Ann' };
  const named = { name: 'Example SSO', issuer: new URL(issuer.url), clientId: 'workbench', clientSecret: 'secret', scopes: 'openid email' };
  team = await testTeam({ oidc: { ...named, groupsClaim: 'groups', roles: [{ group: 'sre', role: 'operator' }], certificateAuthority: tls.certificate } });
  const begun = await team.call({ cookie: 'none=1' }, 'POST', '/api/auth/oidc', {});
  const { url } = z.object({ url: z.string() }).parse(begun.body);
  await team.call({ cookie: cookieOf(begun) }, 'GET', `/api/auth/oidc/callback?${issuer.visit(url)}`);
});
afterAll(() => issuer.stop());

async function statusWith(token: string): Promise<number> {
  const { app } = await testApp([], { services: team.services, team: team.door });
  const headers = {
    host: `127.0.0.1:${testPort}`,
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '0' } };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
  return (await app.request('/mcp', { method: 'POST', headers, body })).status;
}

describe('an access token of the issuer', () => {
  it('lets in whom it was made for, and names this issuer to clients', async () => {
    expect(await statusWith(issuer.token({ aud: audience, scope: 'issue.read session.read' }))).toBe(200);
    const { body } = await team.call(null, 'GET', '/.well-known/oauth-protected-resource/mcp');
    expect(body).toMatchObject({ resource: audience, authorization_servers: [issuer.url] });
  });

  it.each([
    ['for the login of people', { aud: 'workbench' }],
    ['for another address', { aud: 'https://other.example/mcp' }],
    ['of somebody who never logged in', { aud: audience, sub: 'stranger' }],
    ['of another issuer', { aud: audience, iss: 'https://other.example' }],
    ['that is over', { aud: audience, exp: 1 }],
  ])('%s is refused', async (_what, claims) => {
    expect(await statusWith(issuer.token(claims))).toBe(401);
  });

  it('that somebody changed is refused', async () => {
    const [head, , signature] = issuer.token({ aud: audience }).split('.');
    const forged = Buffer.from(JSON.stringify({ iss: issuer.url, aud: audience, sub: 'ann', exp: 9_999_999_999 })).toString('base64url');
    expect(await statusWith(`${head}.${forged}.${signature}`)).toBe(401);
  });
});
