import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { livePath, pageKeyHeader, socketProtocol, ticketProtocolPrefix } from '@quarterdeck/contract';
import { exportStorage, openStorage, type StorageUrl } from '@quarterdeck/storage';
import { startEngines, type TestEngines } from '@quarterdeck/storage/testing';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { accessChangedCode } from '../session/access-watch.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { MemoryCluster } from '../testing/memory-cluster.ts';

const owner = { email: 'ada@example.org', password: 'lanterns over the harbour' };
const loggedIn = z.object({ token: z.string().nullable() });
const taken = z.object({ user: z.object({ id: z.string() }), password: z.string() });
const made = z.object({ id: z.string(), token: z.string() });

let engines: TestEngines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.close());

describe.each(['sqlite', 'postgres'] as const)('a workbench of a team, on %s', (engine) => {
  beforeEach(({ skip }) => skip(!engines.has(engine), 'PostgreSQL is not installed'));

  let folder: string;
  let storageUrl: StorageUrl;
  let logged: string;
  let server: RunningServer;
  /** Whatever is nobody else's to know; nothing of it may be written anywhere. */
  let secrets: string[];

  const start = async () => {
    const write = (line: string) => {
      logged += line;
    };
    const log = pino({ level: 'trace' }, { write });
    const clusters = { sources: [new MemoryCluster().source], current: 'memory' };
    const team = { admin: owner, oidc: null, demo: false };
    return startServer({ port: 0, stateDirectory: folder, storageUrl, clusters, team, version: '0.0.0', log });
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'quarterdeck-team-'));
    storageUrl = await engines.newUrl(engine);
    logged = '';
    secrets = [owner.password];
    server = await start();
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const origin = () => `http://127.0.0.1:${server.port}`;
  const call = async (method: string, path: string, headers: Record<string, string>, body?: unknown) => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${origin()}${path}`, { method, headers: { 'content-type': 'application/json', ...headers }, ...json });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const logIn = async (credentials: { email: string; password: string }) => {
    const token = loggedIn.parse((await call('POST', '/api/auth/login', {}, credentials)).body).token ?? '';
    secrets.push(token);
    return token;
  };
  const takeIn = async (by: string, email: string, role: string) => {
    const { user, password } = taken.parse((await call('POST', '/api/admin/users', bearer(by), { email, name: email, role })).body);
    secrets.push(password);
    return { id: user.id, token: await logIn({ email, password }) };
  };
  const status = async (headers: Record<string, string>) => (await call('GET', '/api/auth/session', headers)).status;
  const openSocket = async (headers: Record<string, string>, protocols: string[] = []) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${livePath}`, protocols, { headers });
    await once(socket, 'open');
    return { socket, closed: once(socket, 'close').then(([code]) => code) };
  };

  it('lets browsers in with a cookie and its key, and nobody with the launch token', async () => {
    expect([server.token, server.url]).toEqual(['', `${origin()}/`]);
    const { headers } = await call('POST', '/api/auth/login', { origin: origin() }, owner);
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    secrets.push(cookie.split('=')[1] ?? '');
    const key = headers.get(pageKeyHeader) ?? '';
    expect([await status({ cookie, [pageKeyHeader]: key }), await status({ cookie }), await status(bearer(''))]).toEqual([200, 401, 401]);
    const asked = { cookie, origin: origin(), [pageKeyHeader]: key };
    const { ticket } = z.object({ ticket: z.string() }).parse((await call('POST', '/api/tickets', asked, { purpose: 'live' })).body);
    const page = await openSocket({ cookie, origin: origin() }, [socketProtocol, `${ticketProtocolPrefix}${ticket}`]);
    await call('POST', '/api/auth/logout', asked, {});
    expect(await page.closed).toBe(accessChangedCode);
    expect(await status(asked)).toBe(401);
  });

  it('closes what somebody has open when they may do something else, are disabled, or log out', async () => {
    const ada = await logIn(owner);
    const bob = await takeIn(ada, 'bob@example.org', 'viewer');
    const unconcerned = await openSocket(bearer(ada));
    const patch = (change: object) => call('PATCH', `/api/admin/users/${bob.id}`, bearer(ada), change);
    const role = await openSocket(bearer(bob.token));
    await patch({ role: 'operator' });
    expect(await role.closed).toBe(accessChangedCode);
    const policy = await openSocket(bearer(bob.token));
    await call('POST', '/api/admin/access-policy', bearer(ada), { subject: { kind: 'role', id: 'operator' }, policy: { namespaces: ['shop'], kinds: ['*'] } });
    expect(await policy.closed).toBe(accessChangedCode);
    const disabled = await openSocket(bearer(bob.token));
    await patch({ disabled: true });
    expect(await disabled.closed).toBe(accessChangedCode);
    await patch({ disabled: false });
    const { token, id } = made.parse((await call('POST', '/api/auth/tokens', bearer(bob.token), { name: 'ci', scopes: ['session.read', 'issue.read'] })).body);
    secrets.push(token);
    const program = await openSocket(bearer(token));
    await call('DELETE', `/api/auth/tokens/${id}`, bearer(bob.token));
    expect(await program.closed).toBe(accessChangedCode);
    const out = await openSocket(bearer(bob.token));
    await call('POST', '/api/auth/logout', bearer(bob.token), {});
    expect(await out.closed).toBe(accessChangedCode);
    expect(unconcerned.socket.readyState).toBe(WebSocket.OPEN);
    unconcerned.socket.terminate();
  });

  it('knows after a restart who is logged in, and writes no secret anywhere', async () => {
    const ada = await logIn(owner);
    const bob = await takeIn(ada, 'bob@example.org', 'viewer');
    const { token } = made.parse((await call('POST', '/api/auth/tokens', bearer(ada), { name: 'ci', scopes: ['session.read'] })).body);
    secrets.push(token, 'a quiet rope and seven gulls', 'not the password of anybody');
    await call('POST', '/api/auth/login', {}, { email: 'eve@example.org', password: 'not the password of anybody' });
    await call('POST', '/api/auth/password', bearer(ada), { current: 'not the password of anybody', next: 'a quiet rope and seven gulls' });
    await call('POST', '/api/auth/password', bearer(ada), { current: owner.password, next: 'a quiet rope and seven gulls' });
    await call('GET', '/api/auth/session', bearer(`${token}x`));
    await server.close();
    server = await start();
    expect(await Promise.all([ada, bob.token, token].map((each) => status(bearer(each))))).toEqual([200, 200, 200]);
    await call('DELETE', `/api/admin/users/${bob.id}/sessions`, bearer(ada));
    expect(await status(bearer(bob.token))).toBe(401);
    const written = `${logged}${await stored()}`;
    expect(written).toContain('bob@example.org');
    expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
  });

  /** Every byte of a file, every row of a database. */
  async function stored(): Promise<string> {
    const { db, close } = await openStorage(storageUrl, { role: 'guest' });
    const parts: string[] = [];
    for await (const line of exportStorage(db, 0)) parts.push(line);
    for (const table of ['sessions', 'login_attempts'] as const) parts.push(JSON.stringify(await db.selectFrom(table).selectAll().execute()));
    await close();
    if (storageUrl.engine === 'sqlite') {
      for (const suffix of ['', '-wal']) if (existsSync(`${storageUrl.path}${suffix}`)) parts.push(readFileSync(`${storageUrl.path}${suffix}`, 'latin1'));
    }
    return parts.join('');
  }
});
