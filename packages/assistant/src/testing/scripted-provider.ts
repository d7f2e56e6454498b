import * as z from 'zod';
import { ApiKey } from '../keys/api-key.ts';
import type { ModelError } from '../model/model-error.ts';
import type { ModelEvent, ModelProvider, ModelRequest } from '../model/model-port.ts';
import type { FakeServer, Reply, SeenRequest } from './fake-server.ts';
import type { ScriptedAnswer, WireFormat } from './wire-format.ts';

const encoder = new TextEncoder();

export const usage = { input: 1000, cacheRead: 888, cacheWrite: 100, output: 42, reasoning: 12 };

/** More than one byte a letter, so that a cut falls into one. */
export const spoken: ScriptedAnswer = { texts: ['The image ', 'web:9.9 — naïve ✓', ' is not there.'], calls: [], reason: 'stop', usage };

export const calling: ScriptedAnswer = {
  texts: ['Let me look.'],
  calls: [
    { id: 'call_1', name: 'get_logs', input: { pod: 'web-0', lines: 20 } },
    { id: 'call_2', name: 'list_events', input: { namespace: 'shop – ü' } },
  ],
  reason: 'toolCalls',
  usage,
};

/** A request as the turn loop sends it in the middle of a turn. */
export function sampleRequest(model: string): ModelRequest {
  return {
    model,
    instructions: [
      { text: 'You help the person on call.', cacheable: true },
      { text: 'The cluster is called dev.', cacheable: false },
    ],
    messages: [
      { role: 'user', text: 'Why is web failing?' },
      { role: 'assistant', text: 'Let me look.', toolCalls: calling.calls },
      { role: 'tool', callId: 'call_1', toolName: 'get_logs', text: 'ERROR no such file', failed: false },
      { role: 'tool', callId: 'call_2', toolName: 'list_events', text: 'You may not list events.', failed: true },
      { role: 'user', text: 'And now?' },
    ],
    tools: [
      { name: 'get_logs', description: 'The log of a pod.', input: z.object({ pod: z.string(), lines: z.number().int().optional() }) },
      { name: 'list_events', description: 'Events.', input: z.object({ namespace: z.string() }) },
    ],
    maxOutputTokens: 500,
  };
}

export function reply(body: string | readonly string[], { status = 200, headers = {} as Record<string, string>, after = 'end' as Reply['after'] } = {}): Reply {
  const parts = typeof body === 'string' ? [body] : body;
  return { status, headers, chunks: parts.map((part) => encoder.encode(part)), after };
}

/** Bytes of a stream, in one piece. */
export function bytesOf(format: WireFormat, answer: ScriptedAnswer): Uint8Array {
  return encoder.encode(format.frames(answer).join(''));
}

export function streamHeaders({ streams }: WireFormat): Record<string, string> {
  return { 'content-type': streams };
}

/** What the provider's list of models answers; null for a request that asks for none. */
export function listReply({ lists }: WireFormat, { path, body }: SeenRequest): Reply | null {
  const found = lists[typeof body?.model === 'string' ? body.model : path] ?? lists[path];
  return found === undefined ? null : reply(JSON.stringify(found), { headers: { 'content-type': 'application/json' } });
}

export interface ProviderChoice {
  server: FakeServer;
  keyless?: boolean;
  timeouts?: { firstByteMs: number; idleMs: number };
}

export function providerOf(
  { kind, key }: WireFormat,
  { server, keyless = false, timeouts = { firstByteMs: 10_000, idleMs: 10_000 } }: ProviderChoice,
): ModelProvider {
  const path = new URL(kind.baseUrl ?? 'http://x/v1').pathname.replace(/\/$/, '');
  return kind.create({
    id: kind.id,
    name: kind.name,
    key: keyless ? null : new ApiKey(key),
    baseUrl: `${server.origin}${path}`,
    local: false,
    timeouts,
    contextWindow: 16_384,
    module: null,
    fetch: server.fetch,
    now: () => 0,
  });
}

export interface Outcome {
  events: ModelEvent[];
  text: string;
  calls: Extract<ModelEvent, { type: 'toolCall' }>[];
  finish: Extract<ModelEvent, { type: 'finish' }> | null;
  error: ModelError | null;
}

/** Reads an answer to its end, whatever that is. Throws what is no ModelError. */
export async function outcomeOf(events: AsyncIterable<ModelEvent>, isError: (thrown: unknown) => thrown is ModelError): Promise<Outcome> {
  const seen: ModelEvent[] = [];
  let error: ModelError | null = null;
  try {
    for await (const event of events) seen.push(event);
  } catch (thrown) {
    if (!isError(thrown)) throw thrown;
    error = thrown;
  }
  const last = seen.at(-1);
  return {
    events: seen,
    text: seen.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join(''),
    calls: seen.filter((event) => event.type === 'toolCall'),
    finish: last?.type === 'finish' ? last : null,
    error,
  };
}
