import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import { afterEach, expect, it, vi } from 'vitest';
import { openServerModels } from './server-models.ts';

afterEach(() => void vi.useRealTimers());

it('asks with the key that is set now, also where it looks like the one before', async () => {
  const keys: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization);
    response.writeHead(401).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const stateDirectory = await mkdtemp(join(tmpdir(), 'qd-models-'));
  try {
    const { port } = typeof address === 'object' && address !== null ? address : { port: 0 };
    const house = { kind: 'openai-compatible', baseUrl: `http://127.0.0.1:${port}/v1`, keyVariable: 'HOUSE_KEY' };
    await writeFile(join(stateDirectory, 'models.json'), JSON.stringify({ use: ['house/one'], providers: { house } }));
    vi.useFakeTimers({ toFake: ['Date'] });
    const environment = { HOUSE_KEY: 'first' };
    const secrets = () => Promise.reject(new AppError('NOT_FOUND', 'There is no store.'));
    const models = openServerModels({ stateDirectory, environment, secrets });
    const ask = async () => {
      const { signal } = new AbortController();
      const chain = await models.chain('chat');
      await chain?.complete({ instructions: [], messages: [{ role: 'user', text: 'hi' }], tools: [], maxOutputTokens: 5 }, signal).catch(() => undefined);
    };
    await ask();
    environment.HOUSE_KEY = 'other';
    vi.setSystemTime(Date.now() + 60_000);
    await ask();
    expect(keys).toEqual(['Bearer first', 'Bearer other']);
    expect(models.keys()).toContain('other');
  } finally {
    server.close();
    await rm(stateDirectory, { recursive: true });
  }
});
