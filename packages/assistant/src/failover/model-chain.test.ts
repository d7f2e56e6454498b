import { describe, expect, it } from 'vitest';
import { ModelError, type ModelErrorKind } from '../model/model-error.ts';
import type { ModelEvent, ModelProvider, ModelRequest } from '../model/model-port.ts';
import { ChainError } from './chain-error.ts';
import { type ChainEvent, type ChainRequest, createModelChain } from './model-chain.ts';
import { ModelHealth } from './model-health.ts';

const usage = { input: 10, cacheRead: null, cacheWrite: null, output: 2, reasoning: null };
const finish: ModelEvent = { type: 'finish', reason: 'stop', usage, model: 'm' };
const hello: ModelEvent[] = [{ type: 'text', text: 'hello' }, finish];
const request: ChainRequest = { instructions: [], messages: [{ role: 'user', text: 'hi' }], tools: [], maxOutputTokens: 100 };
const never = new AbortController().signal;

function failure(kind: ModelErrorKind, retryAfterMs: number | null = null): ModelError {
  return new ModelError(kind, `It is ${kind}.`, { provider: 'p', hint: 'Wait.', retryAfterMs });
}

/** Answers what the script says, one entry a request; the last one again and again. */
function scripted(id: string, local: boolean, script: readonly (ModelError | readonly (ModelEvent | ModelError)[])[]) {
  const asked: ModelRequest[] = [];
  const provider: ModelProvider = {
    id,
    name: id,
    local,
    models: async () => [],
    testConnection: async () => ({ ok: true, message: 'ok', latencyMs: 1 }),
    async *stream(wanted) {
      const step = script[Math.min(asked.length, script.length - 1)] ?? [];
      asked.push(wanted);
      if (step instanceof ModelError) throw step;
      for (const event of step) {
        if (event instanceof ModelError) throw event;
        yield event;
      }
    },
  };
  return { provider, model: 'm', asked };
}

/** Time that passes only by sleeping. */
function testClock() {
  const slept: number[] = [];
  let at = 1_000_000;
  return {
    slept,
    pass: (ms: number) => {
      at += ms;
    },
    clock: {
      now: () => at,
      sleep: async (ms: number, signal: AbortSignal) => {
        signal.throwIfAborted();
        slept.push(ms);
        at += ms;
      },
    },
  };
}

function chainOf(choices: readonly ReturnType<typeof scripted>[], { remoteAfterLocal = false, random = () => 0.5 } = {}) {
  const time = testClock();
  const health = new ModelHealth(time.clock);
  return { chain: createModelChain(choices, { remoteAfterLocal, health, random }), health, ...time };
}

async function eventsOf(events: AsyncIterable<ChainEvent>): Promise<{ events: ChainEvent[]; error: unknown }> {
  const seen: ChainEvent[] = [];
  try {
    for await (const event of events) seen.push(event);
    return { events: seen, error: null };
  } catch (error) {
    return { events: seen, error };
  }
}

describe('a model that fails before its first token', () => {
  it('is asked again with full jitter, and never before the provider allows it', async () => {
    const model = scripted('a', false, [failure('overloaded'), failure('rateLimited', 7_000), hello]);
    const { chain, slept } = chainOf([model]);
    const { events, error } = await eventsOf(chain.stream(request, never));
    expect(error).toBeNull();
    expect(slept).toEqual([500, 7_000]);
    expect(events.map(({ type }) => type)).toEqual(['waiting', 'waiting', 'answering', 'text', 'finish']);
  });

  it.each([
    ['overloaded', 3],
    ['rateLimited', 3],
    ['network', 3],
    ['malformed', 2],
    ['timeout', 1],
    ['quota', 1],
  ] as const)('%s: after %d requests the next one answers, and it says so', async (kind, tries) => {
    const [first, second] = [scripted('a', false, [failure(kind)]), scripted('b', false, [hello])];
    const { events } = await eventsOf(chainOf([first, second]).chain.stream(request, never));
    expect(first.asked).toHaveLength(tries);
    expect(events.find(({ type }) => type === 'answering')).toMatchObject({ provider: 'b', fallback: true });
  });

  it.each(['auth', 'missingKey', 'badRequest', 'unknownModel', 'contextOverflow', 'filtered'] as const)(
    '%s: a person has to see it, nobody else is asked',
    async (kind) => {
      const [first, second] = [scripted('a', false, [failure(kind)]), scripted('b', false, [hello])];
      const { error } = await eventsOf(chainOf([first, second]).chain.stream(request, never));
      expect(error).toMatchObject({ kind });
      expect([first.asked.length, second.asked.length]).toEqual([1, 0]);
    },
  );

  it('waits no longer than a minute: two minutes to wait mean the next model', async () => {
    const [first, second] = [scripted('a', false, [failure('rateLimited', 120_000)]), scripted('b', false, [hello])];
    const { chain, slept } = chainOf([first, second]);
    await eventsOf(chain.stream(request, never));
    expect([first.asked.length, second.asked.length, slept.length]).toEqual([1, 1, 0]);
  });

  it('on this machine: nothing that listens is not asked again, a model that loads is waited for', async () => {
    const off = scripted('a', true, [failure('network')]);
    await eventsOf(chainOf([off]).chain.stream(request, never));
    expect(off.asked).toHaveLength(1);
    const loading = scripted('a', true, [...Array.from({ length: 10 }, () => failure('overloaded', 2_000)), hello]);
    expect((await chainOf([loading]).chain.complete(request, never)).text).toBe('hello');
  });

  it('names every model where none answers', async () => {
    const { error } = await eventsOf(
      chainOf([scripted('a', false, [failure('quota')]), scripted('b', false, [failure('timeout')])]).chain.stream(request, never),
    );
    expect(error).toBeInstanceOf(ChainError);
    expect(error).toMatchObject({ kind: 'quota', message: 'It is quota. Nor did the others answer. b/m: It is timeout.' });
  });
});

describe('what may leave this machine', () => {
  const local = () => scripted('here', true, [failure('network')]);

  it('does not, after a model on it failed', async () => {
    const away = scripted('away', false, [hello]);
    const { error } = await eventsOf(chainOf([local(), away]).chain.stream(request, never));
    expect(away.asked).toHaveLength(0);
    expect(error).toMatchObject({ kind: 'network', message: expect.stringContaining('away/m: not asked, it would leave this machine') });
  });

  it('does where that is allowed', async () => {
    const away = scripted('away', false, [hello]);
    const { chain } = chainOf([local(), away], { remoteAfterLocal: true });
    expect((await chain.complete(request, never)).provider).toBe('away');
  });

  it('is asked for in words where there is none', async () => {
    expect((await eventsOf(chainOf([]).chain.stream(request, never))).error).toMatchObject({ kind: 'missingKey' });
  });
});

describe('a model that fails on the way', () => {
  const cut = () => scripted('a', false, [[{ type: 'text', text: 'The cause ' }, failure('network')]]);

  it('is not replaced: what came stays, and what went wrong is thrown', async () => {
    const second = scripted('b', false, [hello]);
    const { events, error } = await eventsOf(chainOf([cut(), second]).chain.stream(request, never));
    expect(events.at(-1)).toEqual({ type: 'text', text: 'The cause ' });
    expect(error).toMatchObject({ kind: 'network' });
    expect(second.asked).toHaveLength(0);
  });

  it('leaves an honest partial answer', async () => {
    expect(await chainOf([cut()]).chain.complete(request, never)).toMatchObject({ text: 'The cause ', finish: null, cut: { kind: 'network' }, toolCalls: [] });
  });
});

describe('a model that goes on failing', () => {
  it('is left alone for half a minute after five failures, then one request tries it', async () => {
    const model = scripted('a', false, [...Array.from({ length: 5 }, () => failure('timeout')), hello]);
    const { chain, pass } = chainOf([model]);
    for (let i = 0; i < 8; i += 1) expect((await eventsOf(chain.stream(request, never))).error).toMatchObject({ kind: 'timeout' });
    expect(model.asked).toHaveLength(5);
    pass(31_000);
    expect((await chain.complete(request, never)).text).toBe('hello');
    expect((await chain.complete(request, never)).text).toBe('hello');
  });

  it('whose account is used up is left alone at once, until the person did something', async () => {
    const model = scripted('a', false, [failure('quota'), hello]);
    const { chain, health, pass } = chainOf([model]);
    await eventsOf(chain.stream(request, never));
    pass(60_000);
    expect((await eventsOf(chain.stream(request, never))).error).toMatchObject({ kind: 'quota' });
    health.forget();
    expect((await chain.complete(request, never)).text).toBe('hello');
  });

  it('is not blamed for what a person asked wrongly or stopped', async () => {
    const model = scripted('a', false, [...Array.from({ length: 9 }, () => failure('badRequest')), hello]);
    const { chain } = chainOf([model]);
    for (let i = 0; i < 9; i += 1) await eventsOf(chain.stream(request, never));
    expect((await chain.complete(request, never)).text).toBe('hello');
  });
});

describe('stopping', () => {
  it('ends the wait, and is told as that', async () => {
    const stop = new AbortController();
    const { chain } = chainOf([scripted('a', false, [failure('overloaded')])]);
    const seen: string[] = [];
    const run = async () => {
      for await (const { type } of chain.stream(request, stop.signal)) {
        seen.push(type);
        stop.abort();
      }
    };
    await expect(run()).rejects.toMatchObject({ kind: 'aborted' });
    expect(seen).toEqual(['waiting']);
  });
});
