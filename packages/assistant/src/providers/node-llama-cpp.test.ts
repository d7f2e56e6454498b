import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelError } from '../model/model-error.ts';
import type { ModelRequest } from '../model/model-port.ts';
import { nodeLlamaCpp } from './node-llama-cpp.ts';

/** What node-llama-cpp would say: it repeats the last words, then what came before them, a letter a token. */
const fake = `
let tokens = { usedInputTokens: 0, usedOutputTokens: 0 };
export let alive = { models: 0 };
export async function getLlama() {
  return {
    createGrammarForJsonSchema: async (schema) => ({ schema }),
    dispose: async () => undefined,
    async loadModel() {
      alive.models += 1;
      const sequence = { tokenMeter: { getState: () => ({ ...tokens }) }, dispose() {} };
      return { trainContextSize: 2048, createContext: async () => ({ getSequence: () => sequence, dispose: async () => undefined }), dispose: async () => { alive.models -= 1; } };
    },
  };
}
export class LlamaChatSession {
  setChatHistory(history) { this.history = history; }
  dispose() {}
  async promptWithMeta(text, { signal, maxTokens, onTextChunk, grammar }) {
    tokens.usedInputTokens += text.length;
    const answer = grammar ? '{"ok":true}' : text + ' after ' + this.history.map((turn) => turn.type).join(',');
    for (const letter of answer.slice(0, maxTokens)) {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) throw signal.reason;
      tokens.usedOutputTokens += 1;
      onTextChunk(letter);
    }
    return { stopReason: answer.length > maxTokens ? 'maxTokens' : 'eogToken' };
  }
}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarterdeck-llama-'));
  const home = join(folder, 'node_modules', 'node-llama-cpp');
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'package.json'), JSON.stringify({ name: 'node-llama-cpp', type: 'module', main: './index.js' }));
  await writeFile(join(home, 'index.js'), fake);
  await writeFile(join(folder, 'small.gguf'), '');
});

function open(module = folder) {
  return nodeLlamaCpp.create({
    ...{ id: 'node-llama-cpp', name: 'node-llama-cpp', key: null, local: true, module, contextWindow: null, fetch: globalThis.fetch, now: () => 0 },
    baseUrl: pathToFileURL(folder).href,
    timeouts: { firstByteMs: 1000, idleMs: 1000 },
  });
}

const request: ModelRequest = {
  model: 'small.gguf',
  instructions: [{ text: 'Help.', cacheable: true }],
  messages: [
    { role: 'user', text: 'first' },
    { role: 'assistant', text: 'yes', toolCalls: [] },
    { role: 'user', text: 'hello' },
  ],
  tools: [],
  maxOutputTokens: 100,
};
const never = new AbortController().signal;

async function answer(change: Partial<ModelRequest> = {}, signal = never, provider = open()) {
  const pieces: string[] = [];
  for await (const event of provider.stream({ ...request, ...change }, signal)) {
    if (event.type === 'text') pieces.push(event.text);
    if (event.type === 'finish') return { text: pieces.join(''), pieces: pieces.length, ...event };
  }
  throw new Error('It ended without an end.');
}

describe('a model in this process', () => {
  it('answers in pieces, with what was said before, and counts tokens', async () => {
    const text = 'hello after system,user,model';
    expect(await answer()).toMatchObject({ text, pieces: text.length, reason: 'stop', usage: { input: 5, output: text.length } });
  });

  it('stops at its limit, and where the person stops it', async () => {
    expect(await answer({ maxOutputTokens: 5 })).toMatchObject({ text: 'hello', reason: 'length' });
    const stop = new AbortController();
    const read = async () => {
      for await (const { type } of open().stream(request, stop.signal)) if (type === 'text') stop.abort();
    };
    await expect(read()).rejects.toMatchObject({ kind: 'aborted' });
  });

  it('answers one after the other', async () => {
    const provider = open();
    const [first, second] = await Promise.all([answer({}, never, provider), answer({ maxOutputTokens: 3 }, never, provider)]);
    expect([first.usage.output, second.text]).toEqual([first.text.length, 'hel']);
    await provider.close?.();
  });

  it('lists its files, and is told what is not there', async () => {
    expect((await open().models(never)).map(({ id, tools }) => ({ id, tools }))).toEqual([{ id: 'small.gguf', tools: false }]);
    await expect(answer({ model: 'smal.gguf' })).rejects.toMatchObject({
      kind: 'unknownModel',
      hint: expect.stringContaining('Did you mean small.gguf?'),
    } satisfies Partial<Record<keyof ModelError, unknown>>);
    await expect(answer({ model: '../../etc/passwd' })).rejects.toMatchObject({ kind: 'unknownModel' });
    await expect(answer({}, never, open('/nowhere'))).rejects.toMatchObject({
      kind: 'network',
      hint: expect.stringContaining('npm install --prefix /nowhere node-llama-cpp@3'),
    });
  });
});
