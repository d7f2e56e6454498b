import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModelError } from '../model/model-error.ts';

/** What is used of node-llama-cpp 3, which a person installed somewhere: it is no dependency, so its types are not here. */
export interface LlamaModule {
  getLlama(options: { gpu: false; build: 'never'; maxThreads: number }): Promise<Llama>;
  LlamaChatSession: new (options: { contextSequence: LlamaSequence }) => LlamaSession;
}

export interface Llama {
  loadModel(options: { modelPath: string; loadSignal: AbortSignal }): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: object): Promise<unknown>;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  createContext(options: { contextSize: number; threads: number }): Promise<LlamaContext>;
  dispose(): Promise<void>;
}

export interface LlamaContext {
  getSequence(): LlamaSequence;
  dispose(): Promise<void>;
}

export interface LlamaSequence {
  readonly tokenMeter: { getState(): { usedInputTokens: number; usedOutputTokens: number } };
  dispose(): void;
}

export interface LlamaSession {
  setChatHistory(history: readonly LlamaTurn[]): void;
  promptWithMeta(
    text: string,
    options: { signal: AbortSignal; stopOnAbortSignal: false; maxTokens: number; temperature?: number; grammar?: unknown; onTextChunk(text: string): void },
  ): Promise<{ stopReason: string }>;
  dispose(options: { disposeSequence: boolean }): void;
}

export type LlamaTurn = { type: 'system' | 'user'; text: string } | { type: 'model'; response: readonly string[] };

/** Loads it from the folder that it was installed in. Throws a ModelError where it is not there, or is another version. */
export async function loadLlama(folder: string, provider: string): Promise<LlamaModule> {
  const home = join(folder, 'node_modules', 'node-llama-cpp');
  try {
    const loaded: unknown = await import(pathToFileURL(join(home, await entryOf(home))).href);
    if (isLlama(loaded)) return loaded;
  } catch (cause) {
    throw notThere(folder, provider, cause);
  }
  throw notThere(folder, provider);
}

async function entryOf(home: string): Promise<string> {
  const description: unknown = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  const main = typeof description === 'object' && description !== null && 'main' in description ? description.main : null;
  return typeof main === 'string' ? main : 'dist/index.js';
}

function isLlama(value: unknown): value is LlamaModule {
  return typeof value === 'object' && value !== null && 'getLlama' in value && typeof value.getLlama === 'function' && 'LlamaChatSession' in value;
}

function notThere(folder: string, provider: string, cause?: unknown): ModelError {
  return new ModelError('network', `node-llama-cpp 3 can't be loaded from ${folder}.`, {
    provider,
    hint: `Install it with \`npm install --prefix ${folder} node-llama-cpp@3\`, under the Node that runs Quarterdeck.`,
    cause,
  });
}
