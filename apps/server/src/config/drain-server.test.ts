import { createServer, type ServerResponse } from 'node:http';
import { expect, it, vi } from 'vitest';
import { drainServer } from './drain-server.ts';
import { listen } from './listen.ts';

async function serverWithCall() {
  const responses: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    responses.push(response);
  });
  const port = await listen(server, '127.0.0.1', 0);
  const call = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text());
  await vi.waitFor(() => expect(responses).toHaveLength(1));
  return { server, port, call, answer: () => responses[0]?.end('done') };
}

it('lets a call that runs come to its end, and takes no other', async () => {
  const { server, port, call, answer } = await serverWithCall();
  const drained = drainServer(server);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  answer();
  expect(await call).toBe('done');
  await drained;
});

it('ends what does not come to its end', async () => {
  const { server, call } = await serverWithCall();
  const broken = expect(call).rejects.toThrow();
  await drainServer(server, 20);
  await broken;
});
