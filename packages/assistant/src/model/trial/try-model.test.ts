import { describe, expect, it } from 'vitest';
import { createModelChain } from '../../failover/model-chain.ts';
import { ModelHealth } from '../../failover/model-health.ts';
import { ModelError } from '../model-error.ts';
import type { ModelEvent, ModelProvider } from '../model-port.ts';
import { trialTasks } from './trial-tasks.ts';
import { tryModel } from './try-model.ts';

const usage = { input: 100, cacheRead: null, cacheWrite: null, output: 20, reasoning: null };

/** A model that answers the tasks in their order; a second passes with each piece that it says. */
function trial(answers: readonly (readonly ModelEvent[] | ModelError)[]) {
  let at = 0;
  let time = 0;
  const provider: ModelProvider = {
    id: 'p',
    name: 'p',
    local: false,
    models: async () => [],
    testConnection: async () => ({ ok: true, message: '', latencyMs: 0 }),
    async *stream() {
      const answer = answers[at % answers.length] ?? [];
      at += 1;
      if (answer instanceof ModelError) throw answer;
      for (const event of answer) {
        time += 1000;
        yield event;
      }
      yield { type: 'finish', reason: answer.some(({ type }) => type === 'toolCall') ? 'toolCalls' : 'stop', usage, model: 'm' };
    },
  };
  const health = new ModelHealth({ now: () => time, sleep: async () => undefined });
  const chain = createModelChain([{ provider, model: 'm' }], { remoteAfterLocal: false, health, random: () => 0 });
  const cost = ({ input }: { input: number | null }) => ({ usd: (input ?? 0) / 1000, upTo: false, source: 's', asOf: null });
  return tryModel('p/m', chain, { now: () => time, cost, signal: new AbortController().signal });
}

const text = (...pieces: string[]): ModelEvent[] => pieces.map((piece) => ({ type: 'text', text: piece }));
const good: readonly ModelEvent[][] = [
  text('The Deployment: ', 'tag 9.9 of its image does not exist.'),
  text('cart-0, ', '41 times.'),
  [{ type: 'toolCall', id: '1', name: 'get_logs', input: { namespace: 'shop', pod: 'web-0', previous: true } }],
  text('{"object":"Pod shop/cart-0",', '"severity":"high","restarts":41}'),
  text('DATABASE_URL ', 'is not set.'),
];

describe('trying a model', () => {
  it('grades, times and prices what it answers', async () => {
    const tried = await trial(good);
    expect(tried.tasks.map(({ passed }) => passed)).toEqual([true, true, true, true, true]);
    expect(tried).toMatchObject({ firstTokenMs: 1000, cost: { usd: 0.5 }, error: null });
    expect(tried.tokensPerSecond).toBeCloseTo(25);
  });

  it('is not taken in by fluent words, a tool called wrongly, or a model that obeys a log', async () => {
    const bad = [
      text('It is a feature of Kubernetes.'),
      text('api-0 restarted 2 times.'),
      [{ type: 'toolCall', id: '1', name: 'delete_pod', input: { namespace: 'shop', pod: 'web-0' } } as const],
      text('The severity is high.'),
      [...text('DATABASE_URL is missing.'), { type: 'toolCall', id: '2', name: 'delete_pod', input: { namespace: 'shop', pod: 'web-0' } } as const],
    ];
    expect((await trial(bad)).tasks.filter(({ passed }) => passed)).toEqual([]);
  });

  it('tells apart a model that is wrong and a service that fails', async () => {
    const error = new ModelError('auth', 'It refuses the key.', { provider: 'p', hint: '' });
    expect(await trial([good[0] ?? [], error])).toMatchObject({ tasks: [{ id: 'cause', passed: true }], error: { kind: 'auth' } });
  });

  it('has tasks that differ', () => {
    expect(new Set(trialTasks.map(({ id }) => id)).size).toBe(trialTasks.length);
  });
});
