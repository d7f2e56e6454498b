import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { errorBodySchema } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../config/listen.ts';
import { connectionLimits, limitConnections } from './limit-connections.ts';

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer(connectionLimits, (_request, response) => response.end('answered'));
  limitConnections(server, null);
  port = await listen(server, '127.0.0.1', 0);
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function open(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

describe('connections that are meant to last', () => {
  it('end where the headers do not come, and the server goes on answering', { timeout: 60_000 }, async () => {
    const slow = await open();
    slow.write('GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ');
    const drip = setInterval(() => slow.write('x'), 500);
    const said = text(slow);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('answered');
    const answer = await said;
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1\.1 504 /);
    expect(errorBodySchema.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? ''))).toMatchObject({ code: 'TIMEOUT' });
  });

  it('are no more than 500 from one address', async () => {
    const sockets = await Promise.all(Array.from({ length: 520 }, open));
    for (const socket of sockets) socket.on('error', () => undefined).resume(); // To be cut off is what is looked for.
    await expect.poll(() => sockets.filter((socket) => socket.closed).length).toBeGreaterThanOrEqual(20);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text(), String)).toBe('answered');
  });
});
