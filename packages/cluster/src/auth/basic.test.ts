import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { ConnectionReader } from '../kubeconfig/read-connection.ts';
import { createHttpTransport } from '../transport/http-transport.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

it('a user with a password is sent as Basic, with requests and WebSockets: gateways take what Kubernetes dropped', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.end('{}');
  });
  server.on('upgrade', (request, socket) => {
    seen.push(request.headers.authorization);
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const reader = new ConnectionReader({
    environment: {},
    readFile: () => Promise.reject(new Error('nothing is read')),
    now: () => 0,
    runProgram: () => Promise.reject(new Error('nobody runs')),
    fetchText: () => Promise.reject(new Error('nobody asks')),
  });
  const at = { file: '/kube', line: 1 };
  const cluster = { ...at, value: { server: `http://127.0.0.1:${address.port}` } };
  const api = createHttpTransport(await reader.read(cluster, { ...at, value: { username: 'ann', password: 'grün: ß' } }));
  closing.push(() => api.close());
  const about = { subject: { verb: 'get', resource: '/version', namespace: null }, signal: AbortSignal.timeout(5_000) } as const;
  await api.json({ path: '/version', ...about });
  await expect(api.socket({ path: '/exec', protocols: ['v5.channel.k8s.io'], ...about })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const expected = `Basic ${Buffer.from('ann:grün: ß').toString('base64')}`;
  expect(seen).toEqual([expected, expected]);
});
