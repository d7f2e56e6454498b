import { createServer } from 'node:http';
import type { Fetch } from '../providers/provider-kind.ts';

/** What a fake provider answers to one request. */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  chunks: readonly Uint8Array[];
  /** What comes after the last chunk: its proper end, the connection torn down, or nothing for ever. */
  after: 'end' | 'reset' | 'silence';
}

export interface SeenRequest {
  path: string;
  headers: Headers;
  /** The body, parsed; null where there was none. */
  body: Record<string, unknown> | null;
}

export type Script = (request: SeenRequest) => Reply;

/** Where a provider under test is asked, and how it got there. */
export interface FakeServer {
  origin: string;
  fetch: Fetch;
  /** How many answers were left before their end by whoever asked. */
  left(): number;
  close(): Promise<void>;
}

/** A provider without a network: answers are what the script says, byte for byte. */
export function fakeFetch(script: Script): FakeServer {
  let left = 0;
  const fetch: Fetch = async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const { status, headers, chunks, after } = script(seen(new URL(request.url), request.headers, await request.text()));
    if (chunks.length === 0 && after === 'reset') throw resetError();
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const chunk = chunks[at];
        at += 1;
        if (chunk !== undefined) controller.enqueue(chunk);
        else if (after === 'end') controller.close();
        else if (after === 'reset') controller.error(resetError());
        else await new Promise(() => undefined);
      },
      cancel() {
        left += 1;
      },
    });
    return new Response(body, { status, headers });
  };
  return { origin: 'http://127.0.0.1:9', fetch, left: () => left, close: async () => undefined };
}

/** The same over HTTP on a port of this machine. */
export async function fakeServer(script: Script): Promise<FakeServer> {
  let left = 0;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const reply = script(seen(new URL(request.url ?? '/', 'http://fake'), headers, text));
    response.on('close', () => {
      if (!response.writableEnded) left += 1;
    });
    if (reply.chunks.length > 0 || reply.after === 'end') response.writeHead(reply.status, reply.headers);
    for (const chunk of reply.chunks) {
      await new Promise<void>((resolve) => response.write(chunk, () => resolve()));
    }
    if (reply.after === 'end') response.end();
    if (reply.after === 'reset') response.socket?.resetAndDestroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    fetch: globalThis.fetch,
    left: () => left,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function seen(url: URL, headers: Headers, text: string): SeenRequest {
  return { path: url.pathname, headers, body: text === '' ? null : JSON.parse(text) };
}

function resetError(): Error {
  return Object.assign(new TypeError('terminated'), { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
}
