import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runQd } from '../testing.ts';

const key = `sk-ant-api03-${'aZ09bY18'.repeat(4)}x2Kq`;
let directory: string;
let origin: string;
const seen: { path: string; authorization: string | undefined }[] = [];

/** A server that speaks Chat Completions; it knows one model, and one key. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  for await (const _ of request);
  seen.push({ path: request.url ?? '', authorization: request.headers.authorization });
  if (request.headers.authorization !== `Bearer ${key}`) {
    response
      .writeHead(401)
      .end(JSON.stringify({ error: { message: `Incorrect API key provided: ${request.headers.authorization}`, code: 'invalid_api_key' } }));
  } else if (request.url === '/v1/models') {
    response.end(JSON.stringify({ data: [{ id: 'llama-4', max_model_len: 8192 }] }));
  } else {
    const chunk = (delta: object, finish_reason: string | null) =>
      `data: ${JSON.stringify({ id: '1', created: 1, model: 'llama-4', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`${chunk({ content: 'cart-0, 41 times; DATABASE_URL' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`);
  }
}

const server = createServer((request, response) => void answer(request, response));
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quarterdeck-models-'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});

const said: string[] = [];
async function qd(args: string[], typed = '', more: Record<string, string> = {}) {
  const environment = { QUARTERDECK_STATE: directory, QUARTERDECK_KEY: Buffer.alloc(32, 1).toString('base64'), ...more };
  const run = await runQd(args, { environment, input: { isTerminal: false, readAll: async () => typed, ask: async () => typed } });
  said.push(run.out, run.err);
  return run;
}

describe('qd model', () => {
  it('works without any model, and says what is missing', async () => {
    const { code, out } = await qd(['model', 'list'], '', { OLLAMA_HOST: '127.0.0.1:9' });
    expect(code).toBe(0);
    expect(out).toMatch(/anthropic +not set up +elsewhere +- +no key: set ANTHROPIC_API_KEY, or run `qd model key set anthropic`/);
    expect(out).toContain('answers come without one');
    expect(await qd(['model', 'test'], '', { OLLAMA_HOST: '127.0.0.1:9' })).toMatchObject({
      code: 3,
      err: expect.stringContaining('There is no model to try'),
    });
  });

  it('takes a key of the right provider only, and shows its ends', async () => {
    expect(await qd(['model', 'key', 'set', 'openai'], key)).toMatchObject({
      code: 3,
      err: expect.stringContaining('This is a key of Anthropic, not of OpenAI.'),
    });
    expect(await qd(['model', 'key', 'set', 'anthropic'], `ANTHROPIC_API_KEY="${key}"\n`)).toMatchObject({
      code: 0,
      out: 'Stored sk-ant-…x2Kq in the encrypted store; `qd model test` tries it\n',
    });
    expect((await qd(['model', 'list'])).out).toMatch(/anthropic +set up +elsewhere +sk-ant-…x2Kq \(the encrypted store\)/);
    expect(await qd(['model', 'key', 'set', 'anthropix'], key)).toMatchObject({ code: 6, err: expect.stringContaining('There are anthropic, openai') });
  });

  it('asks a server of one’s own, with its key from where it lies', async () => {
    const used = await qd(['model', 'use', 'house/llama-4', '--base-url', `${origin}/v1`], '');
    expect(used).toMatchObject({ code: 4, err: expect.stringContaining('house wants a key.') });
    expect((await qd(['model', 'use', 'house/llama-4', '--base-url', `${origin}/v1`, '--force'])).out).toBe('Asked: house/llama-4.\n');
    expect((await qd(['model', 'key', 'set', 'house'], key)).code).toBe(0);
    expect((await qd(['model', 'list', 'house'])).out).toMatch(/house\/llama-4 +8192 +yes +none/);
    expect((await qd(['model', 'use', 'house/llama-5'])).err).toContain('does not list llama-5');
    expect((await qd(['model', 'use', 'house/llama-4'])).err).toBe('');
  });

  it('tries models side by side, and tells wrong answers from a service that fails', async () => {
    const { code, out } = await qd(['model', 'test', 'house/llama-4', 'ollama/none'], '', { OLLAMA_HOST: '127.0.0.1:9' });
    expect(code).toBe(1);
    expect(out).toMatch(/house\/llama-4 +2 of 5 +\d+ ms +- +unknown +failed: cause, tool, form/);
    expect(out).toMatch(/ollama\/none +- .*can't be reached/);
    const shown = JSON.parse((await qd(['model', 'test', '-o', 'json'])).out);
    expect(shown).toMatchObject([
      { model: 'house/llama-4', error: null, costUsd: null, tasks: expect.arrayContaining([{ id: 'table', title: 'Reads a table', passed: true }]) },
    ]);
  });

  it('is set field by field with qd config', async () => {
    expect(await qd(['config', 'set', 'providers.house.concurrency', '2'])).toMatchObject({ code: 0, out: 'providers.house.concurrency = 2\n' });
    expect((await qd(['config', 'list'])).out).toMatch(/providers\.house\.concurrency +2 +file\n/);
    expect((await qd(['config', 'get', 'use'])).out).toBe('house/llama-4\n');
    expect(await qd(['config', 'set', 'providers.house.concurency', '2'])).toMatchObject({
      code: 6,
      err: expect.stringContaining('Did you mean concurrency?'),
    });
    expect(await qd(['config', 'set', 'providers.house.concurrency', 'many'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('providers.house.concurrency'),
    });
    expect((await qd(['config', 'unset', 'providers.house.concurrency'])).out).toBe('Forgot providers.house.concurrency\n');
    expect((await qd(['config', 'get', 'providers.house.concurrency'])).code).toBe(6);
  });

  it('can be told to ask none, and forgets a key', async () => {
    expect((await qd(['model', 'use', '--offline'])).out).toContain('No model is asked');
    expect((await qd(['model', 'use'])).code).toBe(3);
    expect((await qd(['model', 'key', 'remove', 'anthropic'])).out).toBe('Removed the key of anthropic from the encrypted store\n');
    expect((await qd(['model', 'key', 'remove', 'anthropic'])).out).toBe('No key of anthropic is stored\n');
  });

  it('wrote the key nowhere: not to the terminal, not to a file, not to the database', async () => {
    const wrong = await qd(['model', 'test', 'house/llama-4'], '', { MISTRAL_API_KEY: key });
    expect(wrong.out).toContain('house/llama-4');
    expect(seen.some(({ authorization }) => authorization?.includes(key))).toBe(true);
    const files = await readdir(directory, { recursive: true, withFileTypes: true });
    const stored = await Promise.all(files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
    expect(stored.length).toBeGreaterThan(1);
    for (const text of [...said, ...stored]) {
      expect(text).not.toContain(key);
      expect(text).not.toContain(key.slice(13, 30));
      expect(text).not.toContain(Buffer.from(key).toString('base64').slice(0, 30));
    }
  });
});
