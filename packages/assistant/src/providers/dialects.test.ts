import { describe, expect, it } from 'vitest';
import type { ModelEvent, ModelRequest } from '../model/model-port.ts';
import { fakeFetch } from '../testing/fake-server.ts';
import { anthropicFormat } from '../testing/formats/anthropic.ts';
import { openaiCompatibleFormat } from '../testing/formats/chat-completions.ts';
import { geminiFormat } from '../testing/formats/gemini.ts';
import { ollamaFormat } from '../testing/formats/ollama.ts';
import { azureFormat, openaiFormat } from '../testing/formats/openai.ts';
import { calling, providerOf, reply, sampleRequest, spoken, streamHeaders } from '../testing/scripted-provider.ts';
import type { ScriptedAnswer, WireFormat } from '../testing/wire-format.ts';

/** Asks once; gives what was sent and what came. */
async function ask(format: WireFormat, change: Partial<ModelRequest> = {}, answer: ScriptedAnswer = spoken) {
  let body: Record<string, unknown> = {};
  let headers = new Headers();
  const server = fakeFetch((request) => {
    body = request.body ?? {};
    headers = request.headers;
    return reply(format.frames(answer), { headers: streamHeaders(format) });
  });
  const events: ModelEvent[] = [];
  for await (const event of providerOf(format, { server }).stream({ ...sampleRequest(format.model), ...change }, new AbortController().signal))
    events.push(event);
  return { body, headers, events };
}

describe('what only one provider has', () => {
  it('Anthropic caches what stays the same, and the conversation as it grows', async () => {
    const { body } = await ask(anthropicFormat);
    expect(body.system).toEqual([
      { type: 'text', text: 'You help the person on call.', cache_control: { type: 'ephemeral' } },
      { type: 'text', text: 'The cluster is called dev.' },
    ]);
    const marks = JSON.stringify(body.messages).match(/cache_control/g);
    expect(marks).toHaveLength(1);
    expect(JSON.stringify(body.messages)).toMatch(/And now\?","cache_control"/);
    expect(JSON.stringify((await ask(anthropicFormat, { instructions: [{ text: 'x', cacheable: false }] })).body)).not.toContain('cache_control');
  });

  it('OpenAI and Azure keep nothing; Azure gets its key in its own header', async () => {
    const openai = await ask(openaiFormat);
    expect([openai.body.store, openai.headers.get('authorization')]).toEqual([false, `Bearer ${openaiFormat.key}`]);
    const azure = await ask(azureFormat);
    expect([azure.body.store, azure.headers.get('authorization'), azure.headers.get('api-key')]).toEqual([false, null, azureFormat.key]);
  });

  it('Gemini gets back the signature of a call', async () => {
    const { events } = await ask(geminiFormat, {}, calling);
    const [signed, unsigned] = events.filter((event) => event.type === 'toolCall');
    expect([signed?.signature, unsigned?.signature]).toEqual(['c2lnbmVk', undefined]);
    const toolCalls = events.flatMap((event) => (event.type === 'toolCall' ? [{ ...event }] : []));
    const { body } = await ask(geminiFormat, {
      messages: [
        { role: 'user', text: 'x' },
        { role: 'assistant', text: '', toolCalls },
      ],
    });
    expect(JSON.stringify(body.contents)).toContain('"thoughtSignature":"c2lnbmVk"');
  });

  it('Ollama is asked for a tag, and told how much it may take in', async () => {
    const { body } = await ask(ollamaFormat, { model: 'registry.example.com:5000/team/qwen3' });
    expect(body).toMatchObject({ model: 'registry.example.com:5000/team/qwen3:latest', options: { num_ctx: 16_384, num_predict: 500 } });
  });

  it('a local server is not sent a form and tools at once by anybody, and counts tokens when asked', async () => {
    const { body } = await ask(openaiCompatibleFormat);
    expect(body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(body.response_format).toBeUndefined();
  });
});

describe('tools', () => {
  it('are described in the same words each time, so that what comes before can be cached', async () => {
    for (const format of [anthropicFormat, openaiFormat, geminiFormat, ollamaFormat, openaiCompatibleFormat]) {
      const [first, second] = [await ask(format), await ask(format)];
      expect(JSON.stringify(first.body.tools)).toBe(JSON.stringify(second.body.tools));
    }
  });
});
