import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  errorBodySchema,
  execPath,
  livePath,
  pageKeyHeader,
  type ServerFrame,
  serverFrameSchema,
  socketProtocols,
  type TicketRequest,
  ticketSchema,
} from '@quarterdeck/contract';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer } from './start-server.ts';
import { MemoryCluster, testPod } from './testing/memory-cluster.ts';

let cluster: MemoryCluster;
let server: RunningServer;

beforeEach(async () => {
  cluster = new MemoryCluster();
  const stateDirectory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
  const clusters = { sources: [cluster.source], current: 'memory' };
  server = await startServer({ port: 0, stateDirectory, clusters, version: '0.0.0', log: pino({ level: 'silent' }) });
});

afterEach(() => server.close());

/** The status that a WebSocket upgrade is answered with; 101 when it opens. */
function upgrade(headers: Record<string, string>, path: string = livePath, ticket?: string): Promise<number> {
  return new Promise((resolve) => {
    const protocols = ticket === undefined ? [] : socketProtocols(ticket);
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, protocols, { headers });
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => resolve(0));
  });
}

async function post(path: string, headers: Record<string, string>, body: unknown): Promise<Response> {
  const { origin } = new URL(server.url);
  return fetch(`${origin}${path}`, { method: 'POST', headers: { origin, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

/** What a page sends that opened the printed address. */
async function loginHeaders(): Promise<{ cookie: string; [pageKeyHeader]: string }> {
  const { headers } = await post('/api/auth/launch', {}, { token: server.token });
  return { cookie: headers.get('set-cookie')?.split(';')[0] ?? '', [pageKeyHeader]: headers.get(pageKeyHeader) ?? '' };
}

async function ticketFor(headers: Record<string, string>, request: TicketRequest): Promise<string> {
  return ticketSchema.parse(await (await post('/api/tickets', headers, request)).json()).ticket;
}

describe('the WebSocket', () => {
  it('opens for our own page with a ticket and for programs with the token, and for nobody else', async () => {
    const page = await loginHeaders();
    const { cookie } = page;
    const origin = `http://127.0.0.1:${server.port}`;
    const authorization = `Bearer ${server.token}`;
    const ticket = () => ticketFor(page, { purpose: 'live' });
    expect(await upgrade({ cookie, origin }, livePath, await ticket())).toBe(101);
    expect(await upgrade({ authorization })).toBe(101);
    expect(await upgrade({ cookie, origin })).toBe(403);
    for (const foreign of ['http://evil.example', `http://127.0.0.1:${server.port + 1}`, 'null'])
      expect(await upgrade({ cookie, origin: foreign }, livePath, await ticket())).toBe(403);
    expect(await upgrade({ cookie, origin: `http://rebound.example:${server.port}`, host: `rebound.example:${server.port}` }, livePath, await ticket())).toBe(
      403,
    );
    expect(await upgrade({ cookie }, livePath, await ticket())).toBe(403);
    expect(await upgrade({ origin }, livePath, await ticket())).toBe(401);
    expect(await upgrade({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await upgrade({ authorization }, '/api/other')).toBe(404);
    expect(await upgrade({ authorization }, '//')).toBe(404);
  });

  it('of a ticket opens once, and what it was asked for', async () => {
    const page = await loginHeaders();
    const own = { cookie: page.cookie, origin: `http://127.0.0.1:${server.port}` };
    const ticket = await ticketFor(page, { purpose: 'live' });
    expect(await upgrade(own, livePath, ticket)).toBe(101);
    expect(await upgrade(own, livePath, ticket)).toBe(403);
    const shell = await ticketFor(page, { purpose: 'exec', shell: { namespace: 'shop', pod: 'web', command: ['sh'], tty: 'true' } });
    expect(await upgrade(own, livePath, shell)).toBe(403);
  });

  it('of a shell needs a ticket for that very shell, from programs too', async () => {
    const authorization = `Bearer ${server.token}`;
    const path = (pod: string) => `${execPath}?namespace=shop&pod=${pod}&command=sh&tty=true`;
    const asked = () => ticketFor({ authorization }, { purpose: 'exec', shell: { namespace: 'shop', pod: 'web', command: ['sh'], tty: 'true' } });
    expect(await upgrade({ authorization }, path('web'))).toBe(403);
    expect(await upgrade({ authorization }, path('db'), await asked())).toBe(403);
    expect(await upgrade({ authorization }, path('web'), await asked())).toBe(101);
  });

  it('can not be used to guess tokens without end', async () => {
    const answers: number[] = [];
    for (let tries = 0; tries < 200 && answers.at(-1) !== 429; tries += 1) answers.push(await upgrade({ authorization: `Bearer wrong${tries}` }));
    expect(answers.at(0)).toBe(401);
    expect(answers.at(-1)).toBe(429);
  });

  it('is not to be had with a cookie alone, which other ports of this machine see', async () => {
    const { cookie } = await loginHeaders();
    expect((await post('/api/tickets', { cookie }, { purpose: 'live' })).status).toBe(401);
  });

  it('ends with the server, and with it every watch', async () => {
    cluster.apply(testPod('web', 'shop'));
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${livePath}`, { headers: { authorization: `Bearer ${server.token}` } });
    const frames: ServerFrame[] = [];
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data) => frames.push(serverFrameSchema.parse(JSON.parse(String(data)))));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'subscribeResources', id: 'p', kind: 'Pod', window: {} })));
    await vi.waitFor(() => expect(frames).toMatchObject([{ type: 'resourcesSnapshot', total: 1 }]));
    await server.close();
    await closed;
    expect([cluster.openWatches, cluster.closed]).toEqual([0, true]);
  });

  it('closes on a client that speaks another language', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${livePath}`, { headers: { authorization: `Bearer ${server.token}` } });
    socket.on('open', () => socket.send('hello'));
    expect(await new Promise((resolve) => socket.once('close', (code) => resolve(code)))).toBe(1008);
  });
});

describe('a connection that never becomes a call', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n', '400', 'VALIDATION_ERROR'],
    ['headers without end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`, '413', 'PAYLOAD_TOO_LARGE'],
  ])('with %s is answered like any other', async (_, sent, status, code) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(sent));
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk);
    const answer = Buffer.concat(chunks).toString();
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(errorBodySchema.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? ''))).toMatchObject({ code });
  });
});
