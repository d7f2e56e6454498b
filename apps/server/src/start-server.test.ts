import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorBodySchema, livePath, type ServerFrame, serverFrameSchema } from '@quarterdeck/contract';
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
  server = await startServer({ host: '127.0.0.1', port: 0, stateDirectory, clusters, version: '0.0.0', log: pino({ level: 'silent' }) });
});

afterEach(() => server.close());

/** The status that a WebSocket upgrade is answered with; 101 when it opens. */
function upgrade(headers: Record<string, string>, path: string = livePath): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
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

async function loginCookie(): Promise<string> {
  const { origin } = new URL(server.url);
  const headers = { origin, 'content-type': 'application/json' };
  const response = await fetch(`${origin}/api/auth/launch`, { method: 'POST', headers, body: JSON.stringify({ token: server.token }) });
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

describe('the WebSocket', () => {
  it('opens for our own page and for programs with the token, and for nobody else', async () => {
    const cookie = await loginCookie();
    const origin = `http://127.0.0.1:${server.port}`;
    const authorization = `Bearer ${server.token}`;
    expect(await upgrade({ cookie, origin })).toBe(101);
    expect(await upgrade({ authorization })).toBe(101);
    expect(await upgrade({ cookie, origin: 'http://evil.example' })).toBe(403);
    expect(await upgrade({ cookie, origin: `http://127.0.0.1:${server.port + 1}` })).toBe(403);
    expect(await upgrade({ cookie, origin: `http://rebound.example:${server.port}`, host: `rebound.example:${server.port}` })).toBe(403);
    expect(await upgrade({ cookie })).toBe(403);
    expect(await upgrade({ origin })).toBe(401);
    expect(await upgrade({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await upgrade({ authorization }, '/api/other')).toBe(404);
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
