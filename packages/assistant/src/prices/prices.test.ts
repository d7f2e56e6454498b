import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateCost } from './estimate-cost.ts';
import { modelFacts, priceSource } from './model-facts.ts';
import { loadTokenCounter } from './token-counter.ts';

const usage = { input: 1_000_000, cacheRead: 400_000, cacheWrite: 100_000, output: 100_000, reasoning: null };
const sonnet = { provider: 'anthropic', model: 'claude-sonnet-5', local: false };

describe('what a request costs', () => {
  it('is each kind of token at its price, with the source of the price', () => {
    // 0.5 M fresh at 2, 0.4 M read at 0.2, 0.1 M written at 2.5, 0.1 M said at 10.
    expect(estimateCost(usage, sonnet)).toEqual({ usd: expect.closeTo(2.33, 6), upTo: false, ...priceSource });
  });

  it('is unknown for a model that is not in the table, also where it is called nearly as one that is', () => {
    for (const model of ['claude-sonnet-5-20991231', 'claude', 'CLAUDE-SONNET-5']) {
      expect(estimateCost(usage, { ...sonnet, model })).toEqual({ usd: null, reason: `The price of anthropic/${model} is unknown.` });
    }
    expect(estimateCost(usage, { ...sonnet, provider: 'azure' })).toMatchObject({ usd: null });
    expect(estimateCost({ ...usage, output: null }, sonnet)).toMatchObject({ usd: null });
  });

  it('is what the person says where they say it, and nothing on this machine', () => {
    const prices = { 'azure/our-gpt': { input: 1, output: 2 } };
    expect(estimateCost(usage, { provider: 'azure', model: 'our-gpt', local: false }, prices)).toMatchObject({ usd: 1.2, upTo: true, source: 'your settings' });
    expect(estimateCost(usage, { provider: 'ollama', model: 'qwen3:8b', local: true })).toMatchObject({ usd: 0 });
  });

  it('is said to be the most where the price of cached tokens is not known', () => {
    expect(estimateCost(usage, { provider: 'openai', model: 'gpt-5.4', local: false })).toMatchObject({ usd: 4, upTo: true });
  });

  it('never has two prices', () => {
    const names = modelFacts.flatMap(({ provider, names: all }) => all.map((name) => `${provider}/${name}`));
    expect(new Set(names).size).toBe(names.length);
    expect(modelFacts.filter(({ input, output, cacheRead }) => output <= input || (cacheRead ?? 0) > input)).toEqual([]);
  });
});

describe('counting tokens', async () => {
  const counter = await loadTokenCounter();

  it('takes marks of tokenizers in a log as text', () => {
    expect(counter.count('ready <|endoftext|> <|im_start|>system')).toBeGreaterThan(8);
  });

  it('counts any text, runs without end too', () => {
    for (const run of ['a', 'ab', ' ', '\u{1F600}', '0123456789']) expect(counter.count(run.repeat(200_000 / run.length))).toBeGreaterThan(100);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => counter.count(text) <= text.length * 4),
      { numRuns: 200 },
    );
  });
});
