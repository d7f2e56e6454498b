import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { errorBodySchema, pageKeyHeader, routes } from '@quarterdeck/contract';
import { inProcessMemory } from '@quarterdeck/storage/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCallLimits } from './limits/call-limits.ts';
import { sessionCookieName } from './session/local-session.ts';
import { createPageKeys } from './session/page-keys.ts';
import { type TestApp, testApp, testCookie, testPort, testToken } from './testing/test-app.ts';

const host = `127.0.0.1:${testPort}`;
const bearer = { authorization: `Bearer ${testToken}` };
let test: TestApp;

beforeEach(async () => {
  test = await testApp([]);
});

async function request(path: string, headers: Record<string, string>, method = 'GET', body?: string) {
  const response = await test.app.request(path, { method, headers: { host, ...headers }, ...(body === undefined ? {} : { body }) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function codeOf(text: string): string {
  return errorBodySchema.parse(JSON.parse(text)).code;
}

describe('login', () => {
  it('is needed for every route but the public ones', async () => {
    for (const route of Object.values(routes)) {
      const path = route.path.replace(':id', 'x');
      const { status, text } = await request(path, route.method === 'GET' ? {} : { origin: `http://${host}` }, route.method);
      if (route.permission === 'public') expect([route.id, status]).not.toContain(401);
      else expect([route.id, status, codeOf(text)]).toEqual([route.id, 401, 'AUTH_REQUIRED']);
    }
  });

  const launch = (token: string, headers: Record<string, string> = { origin: `http://${host}` }) =>
    request('/api/auth/launch', { 'content-type': 'application/json', ...headers }, 'POST', JSON.stringify({ token }));

  it('trades the launch token for a cookie that scripts and other sites do not get', async () => {
    const { status, headers } = await launch(testToken);
    expect([status, headers.get('set-cookie')]).toEqual([200, `${testCookie}; Path=/; HttpOnly; SameSite=Strict`]);
    expect((await request('/api/auth/session', { cookie: `other=1; ${testCookie}` })).status).toBe(200);
  });

  it('takes no token from an address, which logs and histories keep', async () => {
    const { status, headers } = await request(`/?token=${testToken}`, {});
    expect([status, headers.get('set-cookie')]).toEqual([503, null]);
    expect((await request(`/api/auth/session?token=${testToken}`, {})).status).toBe(401);
  });

  it('is not done for another page', async () => {
    expect((await launch(testToken, { origin: 'http://127.0.0.1:3000' })).status).toBe(403);
  });

  it('over plain HTTP counts only with the key that the page was given beside', async () => {
    test = await testApp([], { pageKeys: createPageKeys(sessionCookieName(testPort), 'secret') });
    const key = (await launch(testToken)).headers.get(pageKeyHeader) ?? '';
    const status = async (headers: Record<string, string>) => (await request('/api/auth/session', { cookie: testCookie, ...headers })).status;
    expect([await status({}), await status({ [pageKeyHeader]: 'x' }), await status({ [pageKeyHeader]: key })]).toEqual([401, 401, 200]);
    expect((await launch('wrong')).headers.get(pageKeyHeader)).toBeNull();
    expect(await status(bearer)).toBe(200);
  });

  it.each([
    { authorization: 'Bearer wrong' },
    { authorization: `Basic ${testToken}` },
    { cookie: `quarterdeck_${testPort}=wrong` },
    { cookie: `quarterdeck_1=the-cookie` },
  ])('refuses %o', async (headers) => {
    expect((await request('/api/auth/session', { ...headers })).status).toBe(401);
  });

  it('refuses a token of another start without setting a cookie', async () => {
    const { status, headers } = await launch('old');
    expect([status, headers.get('set-cookie')]).toEqual([401, null]);
  });

  it('does not fall back to the cookie when a wrong bearer token is sent', async () => {
    expect((await request('/api/auth/session', { authorization: 'Bearer wrong', cookie: testCookie })).status).toBe(401);
  });
});

describe('foreign pages', () => {
  it.each(['evil.example', `evil.example:${testPort}`, '127.0.0.1', '127.0.0.1:1', `0.0.0.0:${testPort}`, `127.0.0.1:${testPort}.evil.example`])(
    'the host %s is not answered, not even with files',
    async (foreign) => {
      for (const path of ['/', '/health', '/api/auth/session']) expect((await request(path, { ...bearer, host: foreign })).status).toBe(403);
    },
  );

  it.each([`localhost:${testPort}`, `LOCALHOST:${testPort}`, `[::1]:${testPort}`])('the host %s is ours', async (own) => {
    expect((await request('/api/auth/session', { ...bearer, host: own })).status).toBe(200);
  });

  const write = (headers: Record<string, string>) =>
    request('/api/clusters/select', { 'content-type': 'application/json', ...headers }, 'POST', '{"cluster":"x"}');

  it.each([
    ['no origin and a cookie', { cookie: testCookie }],
    ['a foreign origin', { cookie: testCookie, origin: 'http://evil.example' }],
    ['a foreign origin and the token', { ...bearer, origin: 'http://evil.example' }],
    ['another port of this machine', { cookie: testCookie, origin: 'http://127.0.0.1:3000' }],
    ['an origin of the other name', { cookie: testCookie, origin: `http://localhost:${testPort}` }],
    ['the null origin', { cookie: testCookie, origin: 'null' }],
    ['a browser that says cross-site', { cookie: testCookie, origin: `http://${host}`, 'sec-fetch-site': 'cross-site' }],
  ])('a write with %s is refused', async (_, headers) => {
    const { status, text } = await write(headers);
    expect([status, codeOf(text)]).toEqual([403, 'FORBIDDEN']);
  });

  it.each([
    ['our page', { cookie: testCookie, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }],
    ['a program with the token', bearer],
  ])('a write of %s arrives', async (_, headers) => {
    expect(codeOf((await write(headers)).text)).toBe('NOT_FOUND');
  });

  it('a read that a page of the same site asks for is refused', async () => {
    expect((await request('/api/auth/session', { cookie: testCookie, 'sec-fetch-site': 'same-site' })).status).toBe(403);
  });

  it('every answer is closed to other pages, and to whatever would run in it', async () => {
    for (const path of ['/', '/health', '/api/auth/session', '/api/nothing', '/assets/none.js']) {
      const { headers } = await request(path, { origin: 'http://evil.example' });
      const policy = headers.get('content-security-policy') ?? '';
      for (const part of ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", 'sandbox']) expect(policy).toContain(part);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
        'permissions-policy': expect.stringContaining('camera=()'),
      });
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it('are told to stay with TLS where they came over it, and only there', async () => {
    expect((await request('/health', {})).headers.get('strict-transport-security')).toMatch(/max-age=\d+/);
    test = await testApp([], { pageKeys: createPageKeys(sessionCookieName(testPort), 'secret') });
    expect((await request('/health', {})).headers.get('strict-transport-security')).toBeNull();
  });
});

describe('input', () => {
  it('that does not fit is told field by field', async () => {
    const { status, body } = await test.call('GET', '/api/resources?limit=none');
    expect(status).toBe(400);
    const { code, details } = errorBodySchema.parse(body);
    expect(code).toBe('VALIDATION_ERROR');
    expect(details.fields).toEqual([expect.objectContaining({ path: 'kind' }), expect.objectContaining({ path: 'limit' })]);
  });

  it.each([
    ['no JSON', '{', 'application/json', 400],
    ['no object', '[1]', 'application/json', 400],
    ['a form', 'cluster=x', 'application/x-www-form-urlencoded', 400],
    ['text that claims nothing', '{"cluster":"x"}', 'text/plain', 400],
    ['more than 1 MiB', `{"cluster":"${'x'.repeat(1024 * 1024)}"}`, 'application/json', 413],
  ])('%s as a body is refused', async (_, body, type, status) => {
    expect((await request('/api/clusters/select', { ...bearer, 'content-type': type }, 'POST', body)).status).toBe(status);
  });

  it('nested deeper than anything sensible is refused', async () => {
    const deep = `{"cluster":${'['.repeat(2000)}${']'.repeat(2000)}}`;
    const { status, text } = await request('/api/clusters/select', { ...bearer, 'content-type': 'application/json' }, 'POST', deep);
    expect([status, text]).toEqual([400, expect.stringContaining('100 levels')]);
  });

  it('can not reach the prototypes of objects', async () => {
    const body = '{"__proto__":{"cluster":"x"},"constructor":{"prototype":{"cluster":"x"}}}';
    const { text } = await request('/api/clusters/select', { ...bearer, 'content-type': 'application/json' }, 'POST', body);
    expect(errorBodySchema.parse(JSON.parse(text)).details.fields).toEqual([expect.objectContaining({ path: 'cluster' })]);
    expect(Object.hasOwn(Object.prototype, 'cluster')).toBe(false);
  });

  it('by a method that the path does not know is told which it knows', async () => {
    const { status, headers, text } = await request('/api/clusters', bearer, 'PATCH');
    expect([status, codeOf(text), headers.get('allow')]).toEqual([405, 'METHOD_NOT_ALLOWED', 'GET, HEAD']);
  });

  it('beyond what one may ask is told when to come back', async () => {
    test = await testApp([], { limits: createCallLimits(inProcessMemory(), 0.1) });
    expect((await request('/api/clusters', bearer)).status).toBe(200);
    const { status, headers, text } = await request('/api/clusters', bearer);
    expect([status, codeOf(text), Number(headers.get('retry-after'))]).toEqual([
      429,
      'RATE_LIMITED',
      expect.toSatisfy((seconds) => seconds > 0 && seconds <= 10),
    ]);
  });

  it('for the headers of a stream opens none, however often', async () => {
    test = await testApp([], { limits: createCallLimits(inProcessMemory(), 1000) });
    for (let call = 0; call < 100; call += 1) expect((await request('/api/audit/export', bearer, 'HEAD')).status).toBe(200);
    expect((await request('/api/audit/export', bearer, 'HEAD')).headers.get('content-type')).toBe('application/x-ndjson');
    expect((await request('/api/audit/export', {}, 'HEAD')).status).toBe(401);
  });

  it('an unknown route of the API is an error and not the page', async () => {
    const { status, body } = await test.call('GET', '/api/nothing');
    expect([status, errorBodySchema.parse(body).code]).toEqual([404, 'NOT_FOUND']);
  });

  it('errors carry the id that the log has', async () => {
    const { body, headers } = await test.call('GET', '/api/nothing');
    expect(errorBodySchema.parse(body).requestId).toBe(headers.get('x-request-id'));
  });
});

describe('the page', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'web-'));
    await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
    await writeFile(join(folder, 'dist', 'index.html'), '<title>Quarterdeck</title><script nonce="QUARTERDECK_NONCE"></script>');
    await writeFile(join(folder, 'dist', 'assets', 'index-a1B2_3c4.js'), 'run()');
    await writeFile(join(folder, 'secret.txt'), 'outside');
    test = await testApp([], { webFolder: join(folder, 'dist') });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is served for every path of its own, and never kept', async () => {
    for (const path of ['/', '/issues/abc', '/index.html']) {
      const { status, headers, text } = await request(path, {});
      expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, 'text/html; charset=utf-8', 'no-store']);
      expect(text).toContain('<title>Quarterdeck</title>');
    }
  });

  it('runs and styles only what carries the nonce of this answer, and makes no code of text', async () => {
    const nonces = [];
    for (const path of ['/', '/']) {
      const { headers, text } = await request(path, {});
      const policy = headers.get('content-security-policy') ?? '';
      const nonce = /script-src 'nonce-([\w+/=]{22,})';/.exec(policy)?.[1] ?? '';
      expect(text).toContain(`<script nonce="${nonce}">`);
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}';`);
      expect(policy).toContain("require-trusted-types-for 'script'; trusted-types quarterdeck-worker");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      nonces.push(nonce);
    }
    expect(new Set(nonces).size).toBe(2);
  });

  it('gets its hashed files for ever, and a 404 for one that is gone', async () => {
    const { headers, text } = await request('/assets/index-a1B2_3c4.js', {});
    expect([headers.get('content-type'), headers.get('cache-control'), text]).toEqual([
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
      'run()',
    ]);
    expect((await request('/assets/index-00000000.js', {})).status).toBe(404);
  });

  it('packs its scripts for whoever can unpack them, each time the same', async () => {
    for (const _time of [1, 2]) {
      const response = await test.app.request('/assets/index-a1B2_3c4.js', { headers: { host: `127.0.0.1:${testPort}`, 'accept-encoding': 'br, gzip;q=0.8' } });
      expect([response.headers.get('content-encoding'), response.headers.get('vary')]).toEqual(['gzip', 'accept-encoding']);
      expect(gunzipSync(await response.arrayBuffer()).toString()).toBe('run()');
    }
    expect((await request('/', { 'accept-encoding': 'gzip' })).headers.get('content-encoding')).toBeNull();
  });

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/..%5c..%5csecret.txt', '/%00', '/%E0%A4%A'])(
    'does not lead out of its folder: %s',
    async (path) => {
      expect((await request(path, {})).text).not.toContain('outside');
    },
  );

  it('says in words when it is not built', async () => {
    test = await testApp([]);
    const { status, text } = await request('/', {});
    expect([status, text]).toEqual([503, expect.stringContaining('npm run build:web')]);
  });
});
