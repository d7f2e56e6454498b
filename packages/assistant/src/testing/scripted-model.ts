import { createModelChain, type ModelChain } from '../failover/model-chain.ts';
import { ModelHealth } from '../failover/model-health.ts';
import { ModelError } from '../model/model-error.ts';
import type { ModelEvent, ModelProvider, ModelRequest, ModelUsage } from '../model/model-port.ts';

export const scriptedUsage: ModelUsage = { input: 100, cacheRead: 0, cacheWrite: 0, output: 20, reasoning: null };

/** What a model does when it is asked: events, or what it throws; a text is an answer, an array of calls asks for tools. `waits` says no more until it is stopped. */
export type ScriptedStep =
  | string
  | { waits: string }
  | { call: string; input: unknown }[]
  | readonly (ModelEvent | ModelError)[]
  | ((request: ModelRequest) => readonly (ModelEvent | ModelError)[]);

export interface ScriptedModel {
  chain: ModelChain;
  /** Every request as it left, the oldest first. */
  asked: ModelRequest[];
}

/** A model that says what the script says, one step a request; the last one again and again. */
export function scriptedModel(...script: readonly ScriptedStep[]): ScriptedModel {
  const asked: ModelRequest[] = [];
  const provider: ModelProvider = {
    id: 'scripted',
    name: 'Scripted',
    local: false,
    models: async () => [],
    testConnection: async () => ({ ok: true, message: 'ok', latencyMs: 1 }),
    async *stream(request, signal) {
      const step = script[Math.min(asked.length, script.length - 1)] ?? '';
      const { output: _output, ...plain } = request;
      // Schemas can't be copied.
      asked.push(structuredClone({ ...plain, tools: [] }));
      const isWaiting = typeof step === 'object' && 'waits' in step;
      for (const event of isWaiting ? said(step.waits) : eventsOf(step, request, asked.length)) {
        if (signal.aborted) throw new ModelError('aborted', 'Stopped.', { provider: 'scripted', hint: 'Ask again.' });
        if (event instanceof ModelError) throw event;
        yield event;
        // As a network would: others get their turn between two events.
        await Promise.resolve();
      }
      if (isWaiting) await untilStopped(signal);
    },
  };
  const clock = { now: Date.now, sleep: async (_ms: number, signal: AbortSignal) => signal.throwIfAborted() };
  const policy = { remoteAfterLocal: false, health: new ModelHealth(clock), random: () => 0 };
  return { chain: createModelChain([{ provider, model: 'one' }], policy), asked };
}

function untilStopped(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(new ModelError('aborted', 'Stopped.', { provider: 'scripted', hint: 'Ask again.' }));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function eventsOf(step: Exclude<ScriptedStep, { waits: string }>, request: ModelRequest, turn: number): readonly (ModelEvent | ModelError)[] {
  if (typeof step === 'function') return step(request);
  if (typeof step === 'string') return [...said(step), finish('stop')];
  const calls = step.flatMap((each) => ('call' in each ? [each] : []));
  if (calls.length === 0) return step.flatMap((each) => ('call' in each ? [] : [each]));
  return [...calls.map(({ call, input }, index): ModelEvent => ({ type: 'toolCall', id: `c${turn}-${index}`, name: call, input })), finish('toolCalls')];
}

/** A text in pieces, as models send it. */
export function said(text: string): ModelEvent[] {
  return (text.match(/[\s\S]{1,7}/g) ?? []).map((piece) => ({ type: 'text', text: piece }));
}

export function finish(reason: Extract<ModelEvent, { type: 'finish' }>['reason']): ModelEvent {
  return { type: 'finish', reason, usage: scriptedUsage, model: 'one' };
}
