import { describe, expect, it } from 'vitest';
import { ModelError } from '../model/model-error.ts';
import { fakeFetch, type Reply } from '../testing/fake-server.ts';
import { wireFormats } from '../testing/formats/index.ts';
import { bytesOf, calling, listReply, outcomeOf, providerOf, sampleRequest, streamHeaders } from '../testing/scripted-provider.ts';
import type { WireFormat } from '../testing/wire-format.ts';

const never = new AbortController().signal;
const isModelError = (thrown: unknown): thrown is ModelError => thrown instanceof ModelError;
const said = calling.texts.join('');
const wanted = calling.calls.map(({ name, input }) => ({ name, input }));

/** Asks for the answer with two tool calls, as the network leaves it. */
function ask(format: WireFormat, reply: Reply) {
  const server = fakeFetch((request) => listReply(format, request) ?? reply);
  return outcomeOf(providerOf(format, { server }).stream(sampleRequest(format.model), never), isModelError);
}

/** Either all of it or an error: never a call of a step that is not whole, never one twice. */
function expectWholeOrNothing({ calls, text, finish, error }: Awaited<ReturnType<typeof ask>>, at: number): void {
  if (error === null) {
    expect({ at, text, calls: calls.map(({ name, input }) => ({ name, input })), reason: finish?.reason }).toEqual({
      at,
      text: said,
      calls: wanted,
      reason: 'toolCalls',
    });
    return;
  }
  expect({ at, calls, finish }).toEqual({ at, calls: [], finish: null });
  expect(said.startsWith(text)).toBe(true);
  expect(['network', 'malformed']).toContain(error.kind);
}

// Azure sends what OpenAI sends.
const formats = wireFormats.filter(({ kind }) => kind.id !== 'azure');

describe.each(formats.map((format): [string, number, WireFormat] => [format.kind.id, bytesOf(format, calling).length, format]))(
  '%s: a stream of %d bytes that breaks',
  (_, __, format) => {
    const bytes = bytesOf(format, calling);
    const headers = streamHeaders(format);
    const places = Array.from({ length: bytes.length }, (___, i) => i);

    it.each(['end', 'reset'] as const)('at any byte (%s) is whole or an error', async (after) => {
      for (const at of places) expectWholeOrNothing(await ask(format, { status: 200, headers, chunks: [bytes.subarray(0, at)], after }), at);
    });

    it('with garbage at any byte ends, and runs no tool with what the model did not write', async () => {
      const broken = Uint8Array.of(0xff, 0x00, 0x7b);
      for (const at of places) {
        const { calls, finish, error } = await ask(format, { status: 200, headers, chunks: [bytes.subarray(0, at), broken, bytes.subarray(at)], after: 'end' });
        expect([at, (finish === null) !== (error === null)]).toEqual([at, true]);
        expect(calls.length).toBeLessThanOrEqual(2);
        expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
        if (error !== null) expect(calls).toEqual([]);
      }
    });
  },
);
