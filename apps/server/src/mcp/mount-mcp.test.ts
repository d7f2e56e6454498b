import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryCluster, testPod } from '../testing/memory-cluster.ts';
import { type TestApp, testApp, testPort, testToken } from '../testing/test-app.ts';
import { cookieOf, ownedTeam, ownerEmail, ownerPassword, tokenIn } from '../testing/test-team.ts';
import { localMcpEntrance } from './mcp-tokens.ts';

const origin = `http://127.0.0.1:${testPort}`;
const { tokens } = localMcpEntrance(testToken);
const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };

let test: TestApp;

beforeEach(async () => {
  const cluster = new MemoryCluster();
  cluster.apply(testPod('web', 'shop', 'ImagePullBackOff'));
  test = await testApp([cluster.source]);
});

afterEach(() => test.services.clusters.close());

function post(headers: Record<string, string>, body: unknown = list) {
  const said = { host: `127.0.0.1:${testPort}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers };
  return test.app.request('/mcp', { method: 'POST', headers: said, body: JSON.stringify(body) });
}

const bearer = (token = '') => ({ authorization: `Bearer ${token}` });

/** The official client over the app itself, as over a socket. */
async function connect(token: string | undefined, mode: 'legacy' | 'modern', app = test.app) {
  const client = new Client({ name: 'test', version: '0' }, { versionNegotiation: mode === 'legacy' ? { mode } : { mode: { pin: '2026-07-28' } } });
  const fetchApp: typeof fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set('host', `127.0.0.1:${testPort}`);
    return app.request(new Request(url, { ...init, headers }));
  };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${origin}/mcp`), { fetch: fetchApp, requestInit: { headers: bearer(token) } }));
  return client;
}

describe('MCP over HTTP', () => {
  it.each(['legacy', 'modern'] as const)('serves the official client of the %s era', async (mode) => {
    const client = await connect(tokens?.read, mode);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('list_issues');
    expect(tools.map(({ name }) => name)).not.toContain('propose_change');
    const { structuredContent } = await client.callTool({ name: 'list_issues', arguments: {} });
    expect(structuredContent).toMatchObject({ answer: expect.stringContaining('Pod shop/web'), more: null, untrusted: true });
    expect((await client.listResourceTemplates()).resourceTemplates).toHaveLength(4);
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(['troubleshoot', 'explain', 'plan']);
    await client.close();
  });

  it('offers what proposes to whom a person gave the token for it', async () => {
    const client = await connect(tokens?.propose, 'modern');
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('propose_change');
    await client.close();
  });

  it.each([
    ['nothing', {}],
    ['a wrong token', bearer('wrong')],
    ['the launch token, which is not for programs', bearer(testToken)],
    ['the cookie of a page', { cookie: `quarterdeck_${testPort}=the-cookie`, origin }],
  ])('turns away whoever shows %s', async (_what, headers) => {
    const response = await post(headers);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer .*invalid_token/)]);
  });

  it.each([
    ['another host', { host: 'evil.example', ...bearer(tokens?.read) }],
    ['a page of another origin', { origin: 'http://evil.example', ...bearer(tokens?.read) }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site', ...bearer(tokens?.read) }],
  ])('refuses %s', async (_what, headers) => {
    expect((await post(headers)).status).toBe(403);
  });

  it('tokens for programs open nothing but MCP', async () => {
    const response = await test.app.request('/api/issues', { headers: { host: `127.0.0.1:${testPort}`, ...bearer(tokens?.propose) } });
    expect(response.status).toBe(401);
  });

  it('refuses what is too large', async () => {
    expect((await post(bearer(tokens?.read), { ...list, params: { pad: 'x'.repeat(1_100_000) } })).status).toBe(413);
  });
});

describe('MCP over HTTP for a team', () => {
  it('knows people by their tokens, whose scopes say whether changes may be proposed', async () => {
    const team = await ownedTeam();
    const { app } = await testApp([], { services: team.services, team: team.door });
    const owner = await team.token(ownerEmail, ownerPassword);
    const token = async (scopes: string[]) => tokenIn((await team.call({ token: owner }, 'POST', '/api/auth/tokens', { name: 'agent', scopes })).body);
    const names = async (shown: string) => {
      const client = await connect(shown, 'modern', app);
      const { tools } = await client.listTools();
      await client.close();
      return tools.map(({ name }) => name);
    };
    expect(await names(await token(['session.read', 'issue.read']))).not.toContain('propose_change');
    expect(await names(await token(['session.read', 'issue.read', 'plan.create', 'action.read', 'action.propose']))).toContain('propose_change');
    // The whole role of a person, which nobody narrowed for a program: it reads.
    expect(await names(owner)).not.toContain('propose_change');
  });

  it('tells a stranger where tokens come from, and takes no cookie', async () => {
    const team = await ownedTeam();
    const { status, headers } = await team.call(null, 'POST', '/mcp', list);
    const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
    expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringContaining(`resource_metadata="${metadata}"`)]);
    const { body } = await team.call(null, 'GET', new URL(metadata).pathname);
    expect(body).toMatchObject({
      resource: `${origin}/mcp`,
      bearer_methods_supported: ['header'],
      scopes_supported: expect.arrayContaining(['action.propose']),
    });
    const login = await team.call({ cookie: 'other=1' }, 'POST', '/api/auth/login', { email: ownerEmail, password: ownerPassword });
    expect((await team.call({ cookie: cookieOf(login) }, 'POST', '/mcp', list)).status).toBe(401);
  });
});
