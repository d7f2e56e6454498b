import { describe, expect, it } from 'vitest';
import { fakeFetch } from '../testing/fake-server.ts';
import { reply } from '../testing/scripted-provider.ts';
import { modelFetch } from './model-fetch.ts';
import { openai } from './openai.ts';

const asked = { kind: openai, id: 'openai', name: 'OpenAI', key: null, baseUrl: 'https://api.openai.com/v1', local: false, model: 'm' };

describe('the watch over an answer', () => {
  it('lets a reader take its time', async () => {
    const { fetch } = fakeFetch(() => reply(['one', 'two', 'three', 'four']));
    const response = await modelFetch(fetch, { firstByteMs: 1_000, idleMs: 20 }, asked)('https://api.openai.com/v1/x');
    const texts: string[] = [];
    for await (const chunk of response.body ?? []) {
      texts.push(new TextDecoder().decode(chunk));
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    expect(texts.join(' ')).toBe('one two three four');
  });

  it('reads no more of a refusal than it needs', async () => {
    const { fetch, left } = fakeFetch(() => ({ ...reply('x'.repeat(100_000), { status: 500, after: 'silence' }) }));
    await expect(modelFetch(fetch, { firstByteMs: 1_000, idleMs: 1_000 }, asked)('https://api.openai.com/v1/x')).rejects.toMatchObject({ kind: 'overloaded' });
    expect(left()).toBe(1);
  });
});
