import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../failover/clock.ts';
import { createModelChain } from '../failover/model-chain.ts';
import { ModelHealth } from '../failover/model-health.ts';
import type { ModelRequest } from '../model/model-port.ts';
import { tryModel } from '../model/trial/try-model.ts';
import { loadTokenCounter } from '../prices/token-counter.ts';
import { nodeLlamaCpp } from '../providers/node-llama-cpp.ts';

/** A real model, however small and wrong: what streams, stops, counts and keeps to a grammar is no fake of ours. */
export function describeRealModel(module: string, file: string): void {
  const provider = nodeLlamaCpp.create({
    ...{ id: 'node-llama-cpp', name: 'node-llama-cpp', key: null, local: true, module, contextWindow: 2_048, fetch: globalThis.fetch, now: Date.now },
    baseUrl: pathToFileURL(dirname(file)).href,
    timeouts: { firstByteMs: 300_000, idleMs: 120_000 },
  });
  const request: ModelRequest = {
    model: basename(file),
    instructions: [{ text: 'You are a helpful assistant.', cacheable: true }],
    messages: [{ role: 'user', text: 'What is CrashLoopBackOff? Answer in two sentences.' }],
    tools: [],
    maxOutputTokens: 80,
    temperature: 0,
  };
  const never = new AbortController().signal;
  afterAll(() => provider.close?.());

  describe('a real small model', () => {
    it('streams, ends and counts its tokens nearly as we do', async () => {
      const began = performance.now();
      const pieces: string[] = [];
      let first = 0;
      let used = { input: 0, output: 0 };
      for await (const event of provider.stream(request, never)) {
        if (event.type === 'text') {
          first ||= performance.now() - began;
          pieces.push(event.text);
        }
        if (event.type === 'finish') used = { input: event.usage.input ?? 0, output: event.usage.output ?? 0 };
      }
      const counted = (await loadTokenCounter()).count(pieces.join(''));
      const seconds = (performance.now() - began - first) / 1000;
      console.log(
        `loaded and first token after ${first.toFixed(0)} ms, ${(used.output / seconds).toFixed(0)} tokens/s, ${used.input} in, ${used.output} out (o200k counts ${counted})`,
      );
      expect(pieces.length).toBeGreaterThan(10);
      expect(used.input).toBeGreaterThan(10);
      expect(Math.abs(counted - used.output) / used.output).toBeLessThan(0.5);
    });

    it('stops when it is told to, and answers again', async () => {
      const stop = new AbortController();
      let pieces = 0;
      const read = async () => {
        for await (const { type } of provider.stream({ ...request, maxOutputTokens: 2_000 }, stop.signal)) {
          if (type === 'text') pieces += 1;
          if (pieces === 5) stop.abort();
        }
      };
      await expect(read()).rejects.toMatchObject({ kind: 'aborted' });
      expect(pieces).toBeLessThan(20);
      for await (const { type } of provider.stream(request, never)) if (type === 'text') return;
      expect.unreachable('It said nothing any more.');
    });

    it('stops at its limit, and keeps to a form', async () => {
      let reason = '';
      for await (const event of provider.stream({ ...request, maxOutputTokens: 3 }, never)) if (event.type === 'finish') reason = event.reason;
      expect(reason).toBe('length');
      const schema = z.object({ severity: z.enum(['low', 'high']), restarts: z.number() });
      let text = '';
      for await (const event of provider.stream({ ...request, output: { name: 'verdict', schema }, maxOutputTokens: 200 }, never))
        if (event.type === 'text') text += event.text;
      expect(schema.safeParse(JSON.parse(text)).success).toBe(true);
    });

    it('is graded as what it is', async () => {
      const chain = createModelChain([{ provider, model: request.model }], {
        remoteAfterLocal: false,
        health: new ModelHealth(systemClock),
        random: Math.random,
      });
      const trial = await tryModel(`node-llama-cpp/${request.model}`, chain, {
        now: Date.now,
        cost: () => ({ usd: 0, upTo: false, source: 'here', asOf: null }),
        signal: never,
      });
      console.log(
        `passed ${trial.tasks.filter(({ passed }) => passed).length} of ${trial.tasks.length}, first token ${trial.firstTokenMs} ms, ${trial.tokensPerSecond?.toFixed(0)} tokens/s`,
      );
      expect(trial.error).toBeNull();
      expect(trial.tasks.find(({ id }) => id === 'tool')?.passed).toBe(false);
    });
  });
}
