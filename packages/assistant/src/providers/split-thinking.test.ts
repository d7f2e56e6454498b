import { describe, expect, it } from 'vitest';
import type { ModelEvent } from '../model/model-port.ts';
import { sampleRequest } from '../testing/scripted-provider.ts';
import { withoutThinking } from './split-thinking.ts';

const wire = { fetch: globalThis.fetch, baseUrl: '', key: '' };

async function split(pieces: readonly string[]): Promise<{ text: string; thought: string }> {
  const stream = withoutThinking(async function* said(): AsyncIterable<ModelEvent> {
    for (const text of pieces) yield { type: 'text', text };
    yield { type: 'finish', reason: 'stop', usage: { input: 1, cacheRead: null, cacheWrite: null, output: 1, reasoning: null }, model: 'm' };
  });
  const events: ModelEvent[] = [];
  for await (const event of stream(sampleRequest('m'), wire, new AbortController().signal)) events.push(event);
  expect(events.at(-1)?.type).toBe('finish');
  const joined = (type: 'text' | 'reasoning') => events.flatMap((event) => (event.type === type ? [event.text] : [])).join('');
  return { text: joined('text'), thought: joined('reasoning') };
}

describe('thinking that is written into the answer', () => {
  it.each([
    ['\n<think>The tag </thin is gone.</think>\n\nThe image is not there.', 'The image is not there.', 'The tag </thin is gone.'],
    ['The log says <think>x</think>.', 'The log says <think>x</think>.', ''],
    ['<think>never ends', '', 'never ends'],
    ['<thi', '<thi', ''],
    ['<b>bold</b>', '<b>bold</b>', ''],
  ])('%j', async (whole, text, thought) => {
    for (let at = 0; at <= whole.length; at += 1) expect([at, await split([whole.slice(0, at), whole.slice(at)])]).toEqual([at, { text, thought }]);
    expect(await split([...whole])).toEqual({ text, thought });
  });
});
