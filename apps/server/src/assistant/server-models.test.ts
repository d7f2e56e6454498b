import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelSettingsFile } from '@quarterdeck/assistant';
import { afterEach, expect, it, vi } from 'vitest';
import { openServerModels } from './server-models.ts';

afterEach(() => void vi.useRealTimers());

const failed = (error: Error) => {
  throw error;
};

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
    const models = openServerModels({ settings: modelSettingsFile(stateDirectory), environment, vaults: [], failed });
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

/** A runtime of models that writes down which it loads and lets go of. */
const llama = (journal: string) => `
import { appendFileSync } from 'node:fs';
const note = (what) => appendFileSync(${JSON.stringify(journal)}, what + ' ');
export async function getLlama() {
  return {
    dispose: async () => undefined,
    async loadModel({ modelPath }) {
      const name = modelPath.split('/').at(-1);
      note('+' + name);
      const sequence = { tokenMeter: { getState: () => ({ usedInputTokens: 0, usedOutputTokens: 0 }) }, dispose() {} };
      return { trainContextSize: 2048, createContext: async () => ({ getSequence: () => sequence, dispose: async () => undefined }), dispose: async () => note('-' + name) };
    },
  };
}
export class LlamaChatSession {
  setChatHistory() {}
  dispose() {}
  async promptWithMeta(text, { onTextChunk }) {
    onTextChunk('hi');
    return { stopReason: 'eogToken' };
  }
}`;

it('lets go of models when the settings are others, and when the workbench ends', async () => {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'qd-models-'));
  const journal = join(stateDirectory, 'journal');
  const home = join(stateDirectory, 'node_modules', 'node-llama-cpp');
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'package.json'), JSON.stringify({ name: 'node-llama-cpp', type: 'module', main: './index.js' }));
  await writeFile(join(home, 'index.js'), llama(journal));
  vi.useFakeTimers({ toFake: ['Date'] });
  const models = openServerModels({ settings: modelSettingsFile(stateDirectory), environment: { HOUSE_KEY: 'none' }, vaults: [], failed });
  const ask = async (name: string) => {
    await writeFile(join(stateDirectory, name), '');
    const here = { folder: stateDirectory, module: stateDirectory, keyVariable: 'HOUSE_KEY' };
    await writeFile(join(stateDirectory, 'models.json'), JSON.stringify({ use: [`node-llama-cpp/${name}`], providers: { 'node-llama-cpp': here } }));
    vi.setSystemTime(Date.now() + 60_000);
    const chain = await models.chain('chat');
    await chain?.complete({ instructions: [], messages: [{ role: 'user', text: 'hi' }], tools: [], maxOutputTokens: 5 }, new AbortController().signal);
  };
  try {
    await ask('one.gguf');
    await ask('one.gguf');
    await ask('two.gguf');
    await models.close();
    expect((await readFile(journal, 'utf8')).trim().split(' ').toSorted()).toEqual(['+one.gguf', '+two.gguf', '-one.gguf', '-two.gguf']);
  } finally {
    await rm(stateDirectory, { recursive: true });
  }
});
