import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryCluster, testPod } from '../testing/memory-cluster.ts';
import { type TestApp, testApp, testPort, testToken } from '../testing/test-app.ts';
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
async function connect(token: string | undefined, mode: 'legacy' | 'modern') {
  const client = new Client({ name: 'test', version: '0' }, { versionNegotiation: mode === 'legacy' ? { mode } : { mode: { pin: '2026-07-28' } } });
  const fetchApp: typeof fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set('host', `127.0.0.1:${testPort}`);
    return test.app.request(new Request(url, { ...init, headers }));
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
