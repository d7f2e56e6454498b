import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineAssistantTool } from '../tools/define-tool.ts';
import { AnswerCache, answerKey, digestOf, memoryCache } from './answer-cache.ts';

const { signal } = new AbortController();

function reading(value: () => unknown) {
  return defineAssistantTool({
    name: 'look',
    title: 'Look',
    description: 'Looks.',
    permission: 'issue.read',
    effect: 'read',
    input: z.object({}),
    run: async () => ({ value: value(), seen: [] }),
  });
}

const answer = (digest: string) => ({ model: 'a/b', text: 'Yes.', steps: [], looks: [{ tool: 'look', input: {}, digest }] });

describe('an answer that is kept', () => {
  it('is found while what it looked at reads the same, whatever time says', async () => {
    let state: unknown = { pods: 1, checkedAt: '12:00' };
    let now = 0;
    const cache = new AnswerCache(memoryCache(10, () => now));
    const tools = [reading(() => state)];
    await cache.keep('k', answer(digestOf(state)));
    state = { pods: 1, checkedAt: '12:01' };
    expect((await cache.find('k', tools, signal))?.text).toBe('Yes.');
    expect(await cache.find('k', [], signal)).toBeNull();
    state = { pods: 2, checkedAt: '12:01' };
    expect(await cache.find('k', tools, signal)).toBeNull();
    state = { pods: 1, checkedAt: '12:02' };
    now = 600_000;
    expect(await cache.find('k', tools, signal)).toBeNull();
  });

  it.each(['', '{"model":', '{"model":"a/b"}'])('is none where what is kept reads %j', async (text) => {
    const texts = memoryCache(10, () => 0);
    await texts.set('k', text, 1_000);
    expect(await new AnswerCache(texts).find('k', [], signal)).toBeNull();
  });

  it('is waited for by who asks the same meanwhile, also where it fails', async () => {
    const cache = new AnswerCache(memoryCache(10, () => 0));
    const writing = Promise.withResolvers<void>();
    const first = cache.alone('k', async () => {
      await writing.promise;
      await cache.keep('k', { ...answer(''), looks: [] });
    });
    const second = cache.find('k', [], signal);
    writing.resolve();
    await first;
    expect((await second)?.text).toBe('Yes.');
    await expect(cache.alone('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.find('x', [], signal)).toBeNull();
  });

  it('is waited for no longer than somebody wants it', async () => {
    const cache = new AnswerCache(memoryCache(10, () => 0));
    const writing = Promise.withResolvers<void>();
    const first = cache.alone('k', () => writing.promise);
    const stopping = new AbortController();
    const second = cache.find('k', [], stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(second).rejects.toThrow('stopped');
    writing.resolve();
    await first;
  });

  it('has a key that knows each part, in whatever order', () => {
    expect(answerKey({ a: 1, b: 2 })).toBe(answerKey({ b: 2, a: 1 }));
    expect(new Set([answerKey({ a: 1, b: 2 }), answerKey({ a: 2, b: 1 }), answerKey({ a: 1, b: 2, c: null })]).size).toBe(3);
  });

  it('leaves when others come', async () => {
    const texts = memoryCache(2, () => 0);
    for (const key of ['a', 'b', 'c']) await texts.set(key, key, 1);
    expect([await texts.get('a'), await texts.get('b'), await texts.get('c')]).toEqual([null, 'b', 'c']);
  });
});
