import { availableParallelism } from 'node:os';
import type { ModelEvent, ModelMessage, ModelRequest } from '../model/model-port.ts';
import { jsonSchemaOf } from './json-schema.ts';
import type { Llama, LlamaContext, LlamaModel, LlamaModule, LlamaSequence, LlamaTurn } from './llama-runtime.ts';

/** Tokens that a model is given where the settings say nothing. */
const usualContext = 8_192;

/** Its threads wait for each other at every token: one that shares its core with other work holds up all of them. */
const shareOfCores = 0.5;

interface Loaded {
  path: string;
  llama: Llama;
  model: LlamaModel;
  context: LlamaContext;
  sequence: LlamaSequence;
}

/** One model in memory, one request at a time: a second one would make both slower than one after the other. */
export class LlamaEngine {
  private readonly load: () => Promise<LlamaModule>;
  private readonly contextWindow: number | null;
  private loaded: Loaded | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(load: () => Promise<LlamaModule>, contextWindow: number | null) {
    this.load = load;
    this.contextWindow = contextWindow;
  }

  async *stream(path: string, request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent> {
    const { promise: done, resolve: free } = Promise.withResolvers<void>();
    const before = this.last;
    this.last = done;
    try {
      await before;
      signal.throwIfAborted();
      yield* this.answer(path, request, signal);
    } finally {
      free();
    }
  }

  async close(): Promise<void> {
    await this.last;
    const { loaded } = this;
    this.loaded = null;
    await loaded?.context.dispose();
    await loaded?.model.dispose();
    await loaded?.llama.dispose();
  }

  private async *answer(path: string, request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent> {
    const { LlamaChatSession } = await this.load();
    const { llama, sequence } = await this.modelAt(path, signal);
    const grammar = request.output === undefined ? null : await llama.createGrammarForJsonSchema(jsonSchemaOf(request.output.schema));
    const session = new LlamaChatSession({ contextSequence: sequence });
    const { history, prompt } = turnsOf(request);
    session.setChatHistory(history);
    const before = sequence.tokenMeter.getState();
    const ended = new AbortController();
    const pieces = new Pieces();
    const answer = session
      .promptWithMeta(prompt, {
        signal: AbortSignal.any([signal, ended.signal]),
        stopOnAbortSignal: false,
        maxTokens: request.maxOutputTokens,
        onTextChunk: (text) => pieces.add(text),
        ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
        ...(grammar === null ? {} : { grammar }),
      })
      .finally(() => pieces.end());
    try {
      for await (const text of pieces) yield { type: 'text', text };
      const { stopReason } = await answer;
      const after = sequence.tokenMeter.getState();
      const usage = { input: after.usedInputTokens - before.usedInputTokens, output: after.usedOutputTokens - before.usedOutputTokens };
      yield {
        type: 'finish',
        reason: stopReason === 'maxTokens' ? 'length' : 'stop',
        usage: { ...usage, cacheRead: null, cacheWrite: null, reasoning: null },
        model: request.model,
      };
    } finally {
      ended.abort();
      await answer.catch(() => undefined); // Thrown above, or nobody reads any more.
      session.dispose({ disposeSequence: false });
    }
  }

  private async modelAt(path: string, signal: AbortSignal): Promise<Loaded> {
    if (this.loaded?.path === path) return this.loaded;
    await this.unload();
    const threads = Math.max(1, Math.floor(availableParallelism() * shareOfCores));
    const llama = await (await this.load()).getLlama({ gpu: false, build: 'never', maxThreads: threads });
    const model = await llama.loadModel({ modelPath: path, loadSignal: signal });
    const context = await model.createContext({ contextSize: Math.min(this.contextWindow ?? usualContext, model.trainContextSize), threads });
    this.loaded = { path, llama, model, context, sequence: context.getSequence() };
    return this.loaded;
  }

  private async unload(): Promise<void> {
    const { loaded } = this;
    this.loaded = null;
    await loaded?.context.dispose();
    await loaded?.model.dispose();
  }
}

/** What comes by callback, to be read. */
class Pieces {
  private waiting: string[] = [];
  private isEnded = false;
  private wake: () => void = () => undefined;

  add(text: string): void {
    if (text !== '') this.waiting.push(text);
    this.wake();
  }

  end(): void {
    this.isEnded = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<string> {
    while (true) {
      const next = this.waiting.shift();
      if (next !== undefined) yield next;
      else if (this.isEnded) return;
      else {
        const { promise, resolve } = Promise.withResolvers<void>();
        this.wake = resolve;
        await promise;
      }
    }
  }
}

/** The conversation before the last words, and those. Results of tools are what the person says: small models know no tools. */
function turnsOf({ instructions, messages }: ModelRequest): { history: LlamaTurn[]; prompt: string } {
  const system = instructions.map(({ text }) => text).join('\n\n');
  const turns = messages.map(turnOf);
  const last = turns.at(-1);
  const prompt = last !== undefined && last.type !== 'model' ? last.text : '';
  const history = prompt === '' ? turns : turns.slice(0, -1);
  return { history: [...(system === '' ? [] : [{ type: 'system', text: system } as const]), ...history], prompt };
}

function turnOf(message: ModelMessage): LlamaTurn {
  switch (message.role) {
    case 'user':
      return { type: 'user', text: message.text };
    case 'tool':
      return { type: 'user', text: `${message.failed ? 'Error' : 'Result'} of ${message.toolName}:\n${message.text}` };
    case 'assistant':
      return { type: 'model', response: [message.text] };
  }
}
