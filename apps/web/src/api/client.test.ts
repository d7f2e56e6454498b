import { AppError, issueRoutes, namespaceRoutes, pageKeyHeader, sessionRoutes } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { en } from '../messages/en/index.ts';
import { createApiClient, toRequest } from './client.ts';

const answer = (body: unknown, status = 200) => Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));

const clientOf = (fetch: typeof globalThis.fetch) => createApiClient(fetch, { read: () => null, write: () => undefined }, () => en.api);

const refusal = async (promise: Promise<unknown>): Promise<AppError> => {
  const thrown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (thrown instanceof AppError) return thrown;
  throw new Error('The call should have been refused with an AppError.');
};

describe('toRequest', () => {
  it('puts path parameters into the path, encoded, and the rest of a GET into the query', () => {
    const request = toRequest(issueRoutes.getIssue, { id: 'a/b c', cluster: 'prod', missing: undefined });
    expect(request).toEqual({ method: 'GET', url: '/api/issues/a%2Fb%20c?cluster=prod', body: null });
  });

  it('sends the rest of a POST as JSON', () => {
    const request = toRequest(issueRoutes.dismissIssue, { id: 'i1', reason: 'known' });
    expect(request).toEqual({ method: 'POST', url: '/api/issues/i1/dismiss', body: '{"reason":"known"}' });
  });
});

describe('createApiClient', () => {
  it('gives the parsed output', async () => {
    const known = { complete: true, reason: null, namespaces: [{ name: 'shop', from: ['list'], usable: true }] };
    expect(await clientOf(() => answer(known)).call(namespaceRoutes.listNamespaces, {})).toEqual(known);
  });

  it('turns an error body into the AppError it was', async () => {
    const body = { error: 'Secrets may not be read.', code: 'FORBIDDEN', details: { verb: 'get' }, hint: 'Ask for the role view.', requestId: 'r1' };
    const api = clientOf(() => answer(body, 403));
    const error = await refusal(api.call(namespaceRoutes.listNamespaces, {}));
    expect(error).toMatchObject({ code: 'FORBIDDEN', message: body.error, hint: body.hint, details: { verb: 'get', requestId: 'r1' } });
  });

  it('names the status of an answer that is no error body', async () => {
    const error = await refusal(clientOf(() => answer('<html>', 502)).call(namespaceRoutes.listNamespaces, {}));
    expect(error.message).toContain('502');
  });

  it('refuses an answer of another form instead of passing it on', async () => {
    const error = await refusal(clientOf(() => answer({ names: [] })).call(namespaceRoutes.listNamespaces, {}));
    expect(error.message).toContain('listNamespaces');
  });

  it('tells a cancelled call from a server that does not answer', async () => {
    const api = clientOf((_, init) => Promise.reject(init?.signal?.aborted ? new DOMException('', 'AbortError') : new TypeError('fetch failed')));
    expect((await refusal(api.call(namespaceRoutes.listNamespaces, {}, { signal: AbortSignal.abort() }))).code).toBe('CANCELLED');
    expect((await refusal(api.call(namespaceRoutes.listNamespaces, {}))).hint).toContain('npm start');
  });

  it('keeps the key that comes with a session, and sends it with every call after', async () => {
    let kept: string | null = null;
    const sent: unknown[] = [];
    const fetch: typeof globalThis.fetch = async (_, init) => {
      sent.push(new Headers(init?.headers).get(pageKeyHeader));
      return new Response('{"opened":true}', { headers: { [pageKeyHeader]: 'k1' } });
    };
    const store = {
      read: () => kept,
      write(key: string) {
        kept = key;
      },
    };
    const api = createApiClient(fetch, store, () => en.api);
    await api.call(sessionRoutes.openLocalSession, { token: 't' });
    await api.call(sessionRoutes.openLocalSession, { token: 't' });
    expect([sent, kept]).toEqual([[null, 'k1'], 'k1']);
  });
});

describe('follow', () => {
  const frames = ['{"status":"ok","ver', 'sion":"1"}\n\n{"status":"ok","version":"ü"}\n'];
  const body = (end: (controller: ReadableStreamDefaultController<Uint8Array>) => void) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const frame of frames) controller.enqueue(new TextEncoder().encode(frame));
        end(controller);
      },
    });
  const follow = async (response: Response, seen: unknown[], signal = new AbortController().signal) => {
    for await (const line of clientOf(() => Promise.resolve(response)).follow(sessionRoutes.health, {}, signal)) seen.push(line.version);
  };

  it('gives every line whole, wherever the network cut it', async () => {
    const seen: unknown[] = [];
    await follow(new Response(body((controller) => controller.close())), seen);
    expect(seen).toEqual(['1', 'ü']);
  });

  it('tells a call that was refused, a line of another form, and a call that was given up', async () => {
    const refused = JSON.stringify({ error: 'There is no action a1.', code: 'NOT_FOUND', details: {}, requestId: 'r1' });
    expect((await refusal(follow(new Response(refused, { status: 404 }), []))).code).toBe('NOT_FOUND');
    expect((await refusal(follow(new Response('{}\n'), []))).message).toContain('health');
    const gone = new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) }));
    expect((await refusal(follow(gone, [], AbortSignal.abort()))).code).toBe('CANCELLED');
  });
});
