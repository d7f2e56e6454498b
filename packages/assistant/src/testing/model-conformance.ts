import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ModelError } from '../model/model-error.ts';
import type { ModelRequest } from '../model/model-port.ts';
import type { FakeServer, Reply, Script, SeenRequest } from './fake-server.ts';
import { calling, listReply, outcomeOf, providerOf, reply, sampleRequest, spoken, streamHeaders, usage } from './scripted-provider.ts';
import type { RecordedFailure, ScriptedAnswer, WireFormat } from './wire-format.ts';

/** What came before the answer was whole. */
const half = (frames: readonly string[]) => frames.slice(0, Math.floor(frames.length / 2));
const never = new AbortController().signal;
const isModelError = (thrown: unknown): thrown is ModelError => thrown instanceof ModelError;
/** Every text that stands in a request and may stand in no error. */
const said = ['Why is web failing?', 'ERROR no such file', 'You help the person on call.'];

/** What every provider does, told by the bytes that it sends and gets. `connect` puts the script behind a fetch or a port. */
export function describeConformance(format: WireFormat, connect: (script: Script) => Promise<FakeServer>): void {
  const servers: FakeServer[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.close())));
  const open = async (script: Script) => {
    const server = await connect(script);
    servers.push(server);
    return server;
  };
  describeAnswers(format, open);
  describeRequest(format, open);
  describeFailures(format, open);
  describeBreaks(format, open);
  describePerson(format, open);
}

type Open = (script: Script) => Promise<FakeServer>;

interface Asking {
  change?: Partial<ModelRequest>;
  timeouts?: { firstByteMs: number; idleMs: number };
}

/** Asks once, answered by `answer`. */
async function ask(format: WireFormat, open: Open, answer: Reply, { change = {}, timeouts = { firstByteMs: 10_000, idleMs: 10_000 } }: Asking = {}) {
  const requests: SeenRequest[] = [];
  const server = await open((request) => {
    const list = listReply(format, request);
    if (list === null) requests.push(request);
    return list ?? answer;
  });
  const provider = providerOf(format, { server, timeouts });
  return { ...(await outcomeOf(provider.stream({ ...sampleRequest(format.model), ...change }, never), isModelError)), requests };
}

function streamed(format: WireFormat, answer: ScriptedAnswer): Reply {
  return reply(format.frames(answer), { headers: streamHeaders(format) });
}

/** Nothing of what was asked, and no key. */
function expectNoSecrets(error: ModelError | null, { key }: WireFormat): void {
  const shown = inspect(error, { depth: 10 });
  for (const text of [...said, key]) expect(shown).not.toContain(text);
}

function describeAnswers(format: WireFormat, open: Open): void {
  describe(`${format.kind.id}: answers`, () => {
    it('come in pieces and end once', async () => {
      const { events, text, finish, error } = await ask(format, open, streamed(format, spoken));
      expect(error).toBeNull();
      expect(text).toBe(spoken.texts.join(''));
      expect(events.filter(({ type }) => type === 'text').length).toBeGreaterThan(1);
      expect(events.filter(({ type }) => type === 'finish')).toHaveLength(1);
      expect(finish).toMatchObject({ reason: 'stop', model: format.model });
    });

    it('are the same however the network cuts them', async () => {
      const bytes = new TextEncoder().encode(format.frames(calling).join(''));
      const single = { ...reply('', { headers: streamHeaders(format) }), chunks: [...bytes].map((byte) => Uint8Array.of(byte)) };
      const { calls, text, error } = await ask(format, open, single);
      expect({ error, text, calls: calls.length }).toEqual({ error: null, text: 'Let me look.', calls: 2 });
    });

    it('tell of tool calls, each once, with what the model wrote', async () => {
      const { calls, finish } = await ask(format, open, streamed(format, calling));
      expect(calls.map(({ name, input }) => ({ name, input }))).toEqual(calling.calls.map(({ name, input }) => ({ name, input })));
      expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
      expect(finish?.reason).toBe('toolCalls');
    });

    it('count tokens, cached ones with them', async () => {
      const { finish } = await ask(format, open, streamed(format, spoken));
      expect(finish?.usage).toMatchObject({ input: usage.input, output: usage.output });
      if (!format.lacks.includes('cache')) expect(finish?.usage.cacheRead).toBe(usage.cacheRead);
      if (!format.lacks.includes('cacheWrite')) expect(finish?.usage.cacheWrite).toBe(usage.cacheWrite);
    });

    it('that reached the limit say so, and run no tool that was half written', async () => {
      const { finish, calls } = await ask(format, open, streamed(format, { ...calling, reason: 'length' }));
      expect({ reason: finish?.reason, calls }).toEqual({ reason: 'length', calls: [] });
    });

    it('keep thinking apart from what is said', async () => {
      const { events, text } = await ask(format, open, streamed(format, { ...spoken, reasoning: ['First ', 'look.'] }));
      expect(text).toBe(spoken.texts.join(''));
      const thought = events.flatMap((event) => (event.type === 'reasoning' ? [event.text] : [])).join('');
      expect(thought).toBe(format.kind.id === 'mistral' ? '' : 'First look.');
    });

    it.each((['refusal', 'filtered'] as const).filter((reason) => !format.lacks.includes(reason)))('that end with %s say so', async (reason) => {
      expect((await ask(format, open, streamed(format, { ...spoken, reason }))).finish?.reason).toBe(reason);
    });
  });
}

function describeRequest(format: WireFormat, open: Open): void {
  describe(`${format.kind.id}: a request`, () => {
    it('has the model, the turns, the tools and the key, and nothing is stored', async () => {
      const { requests } = await ask(format, open, streamed(format, spoken));
      const [{ body, headers, path } = { body: null, headers: new Headers(), path: '' }] = requests;
      expect(path).toMatch(format.answers);
      const sent = format.sent(body ?? {});
      expect(sent.tools).toBe(2);
      expect(sent.messages).toBeGreaterThanOrEqual(3);
      if (sent.model !== undefined) expect(sent.model).toBe(format.model);
      expect([...headers.values()].some((value) => value.includes(format.key))).toBe(true);
      const text = JSON.stringify(body);
      for (const part of [...said, 'The cluster is called dev.', 'You may not list events.', 'get_logs']) expect(text).toContain(part);
      expect(text).not.toContain('"store":true');
    });

    it('asks for JSON of a form', async () => {
      const output = { name: 'plan', schema: z.object({ steps: z.array(z.object({ verb: z.string() })) }) };
      const { requests, text } = await ask(format, open, streamed(format, { ...spoken, texts: ['{"steps":', '[]}'] }), { change: { output, tools: [] } });
      expect(JSON.stringify(requests[0]?.body)).toMatch(/"verb"/);
      expect(text).toBe('{"steps":[]}');
    });

    it('without a key is not sent', async () => {
      const requests: SeenRequest[] = [];
      const server = await open((request) => {
        requests.push(request);
        return streamed(format, spoken);
      });
      const { error } = await outcomeOf(providerOf(format, { server, keyless: true }).stream(sampleRequest(format.model), never), isModelError);
      expect([error?.kind ?? null, requests.length]).toEqual(format.kind.key?.required ? ['missingKey', 0] : [null, 1]);
    });
  });
}

function describeFailures(format: WireFormat, open: Open): void {
  describe(`${format.kind.id}: failures`, () => {
    it.each(format.failures.map((failure): [string, RecordedFailure] => [`${failure.kind} (${failure.status})`, failure]))('%s', async (_, failure) => {
      const headers = { 'content-type': 'application/json', ...failure.headers };
      const { error, events, requests } = await ask(format, open, reply(failure.body, { status: failure.status, headers }));
      expect(events).toEqual([]);
      expect(error).toMatchObject({ kind: failure.kind, provider: format.kind.id, retryAfterMs: failure.retryAfterMs ?? null });
      expect(error?.hint).not.toBe('');
      expect(requests).toHaveLength(1);
      expectNoSecrets(error, format);
    });

    it('a gateway that answers with a page', async () => {
      const { error } = await ask(format, open, reply('<html><body>502 Bad Gateway</body></html>', { status: 502, headers: { 'content-type': 'text/html' } }));
      expect(error).toMatchObject({ kind: 'overloaded' });
    });

    it('a redirect is not followed: the key stays', async () => {
      const { error, requests } = await ask(format, open, reply('', { status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' } }));
      expect([error?.kind, requests.length]).toEqual(['badRequest', 1]);
    });
  });
}

function describeBreaks(format: WireFormat, open: Open): void {
  describe(`${format.kind.id}: an answer that breaks`, () => {
    it('an error after the first words', async () => {
      const frames = format.frames(calling);
      const { error, calls, finish } = await ask(format, open, reply([...half(frames), format.reported.frame], { headers: streamHeaders(format) }));
      expect({ kind: error?.kind, calls, finish }).toEqual({ kind: format.reported.kind, calls: [], finish: null });
      expectNoSecrets(error, format);
    });

    it('an error as the first thing of a good answer', async () => {
      const { error } = await ask(format, open, reply([format.reported.frame], { headers: streamHeaders(format) }));
      expect(error?.kind).toBe(format.reported.kind);
    });

    it('a frame that is garbage', async () => {
      const frames = format.frames(calling);
      const { error, calls } = await ask(
        format,
        open,
        reply([...half(frames), format.garbage, ...frames.slice(half(frames).length)], { headers: streamHeaders(format) }),
      );
      expect({ kind: error?.kind, calls }).toEqual({ kind: 'malformed', calls: [] });
      expectNoSecrets(error, format);
    });

    it('an answer that ends in the middle, and one that is torn down', async () => {
      const frames = half(format.frames(calling));
      for (const after of ['end', 'reset'] as const) {
        const { error, finish } = await ask(format, open, reply(frames, { headers: streamHeaders(format), after }));
        expect({ kind: error?.kind, finish }).toEqual({ kind: 'network', finish: null });
      }
    });

    it('a connection that is refused before anything', async () => {
      expect((await ask(format, open, { ...reply('', { after: 'reset' }), chunks: [] })).error?.kind).toBe('network');
    });

    it('nothing for too long, before the first byte and after it', async () => {
      const silence = { ...reply('', { headers: streamHeaders(format), after: 'silence' }), chunks: [] };
      expect((await ask(format, open, silence, { timeouts: { firstByteMs: 30, idleMs: 10_000 } })).error?.kind).toBe('timeout');
      const begun = reply(half(format.frames(spoken)), { headers: streamHeaders(format), after: 'silence' });
      expect((await ask(format, open, begun, { timeouts: { firstByteMs: 10_000, idleMs: 30 } })).error?.kind).toBe('timeout');
    });
  });
}

function describePerson(format: WireFormat, open: Open): void {
  describe(`${format.kind.id}: the person`, () => {
    it('stops it: the request ends, and it is told as that', async () => {
      const stop = new AbortController();
      const server = await open(
        (request) => listReply(format, request) ?? reply(half(format.frames(spoken)), { headers: streamHeaders(format), after: 'silence' }),
      );
      const read = async () => {
        for await (const event of providerOf(format, { server }).stream(sampleRequest(format.model), stop.signal)) if (event.type === 'text') stop.abort();
      };
      await expect(read()).rejects.toMatchObject({ kind: 'aborted' });
      await expect.poll(() => server.left(), { timeout: 10_000 }).toBe(1);
    });

    it('goes away: the request ends', async () => {
      const server = await open(
        (request) => listReply(format, request) ?? reply(half(format.frames(spoken)), { headers: streamHeaders(format), after: 'silence' }),
      );
      for await (const event of providerOf(format, { server }).stream(sampleRequest(format.model), never)) if (event.type === 'text') break;
      await expect.poll(() => server.left(), { timeout: 10_000 }).toBe(1);
    });

    it('sees the models that make text, and whether it works', async () => {
      const server = await open((request) => listReply(format, request) ?? reply('{}', { status: 404 }));
      const provider = providerOf(format, { server });
      expect((await provider.models(never)).map(({ id }) => id)).toEqual(format.listed);
      expect(await provider.testConnection(never)).toMatchObject({ ok: true, latencyMs: 0 });
      const [failure] = format.failures.filter(({ kind }) => kind === 'auth');
      const closed = await open(() => reply(failure?.body ?? '', { status: failure?.status ?? 401 }));
      expect(await providerOf(format, { server: closed }).testConnection(never)).toMatchObject({ ok: false, message: expect.stringContaining('key') });
    });

    it('who mistypes a model is shown the nearest', async () => {
      const missing = format.failures.find(({ kind }) => kind === 'unknownModel');
      const { error } = await ask(format, open, reply(missing?.body ?? '', { status: missing?.status ?? 404 }), {
        change: { model: `${format.model.slice(0, -2)}zz` },
      });
      expect(error).toMatchObject({ kind: 'unknownModel', hint: expect.stringContaining(`Did you mean ${format.model}`) });
    });
  });
}
