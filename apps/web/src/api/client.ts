import { AppError, errorBodySchema, pageKeyHeader, type RouteCall, type RouteDescriptor, type RouteOutput } from '@quarterdeck/contract';
import type * as z from 'zod';
import type { Messages } from '../messages/language.ts';
import { readLines } from './json-lines.ts';
import { type SendFile, sendFile, type UploadOptions } from './send-file.ts';

export interface CallOptions {
  signal?: AbortSignal;
}

export interface ApiClient {
  /** Calls a route of the contract. Rejects with an AppError, whatever went wrong. */
  call<Input extends RouteDescriptor['input'], Output extends RouteDescriptor['output']>(
    route: RouteDescriptor<Input, Output>,
    input: RouteCall<RouteDescriptor<Input, Output>>,
    options?: CallOptions,
  ): Promise<RouteOutput<RouteDescriptor<Input, Output>>>;
  /** Calls a route that answers line by line, and gives each as it arrives. Throws an AppError; one that was cut off as well. */
  follow<Input extends RouteDescriptor['input'], Output extends RouteDescriptor['output']>(
    route: RouteDescriptor<Input, Output>,
    input: RouteCall<RouteDescriptor<Input, Output>>,
    signal: AbortSignal,
  ): AsyncGenerator<RouteOutput<RouteDescriptor<Input, Output>>>;
  /** Calls a route that answers with a body of its own, and gives it whole with the name that the server proposes. `onBytes` hears how much has come so far. */
  download<Input extends RouteDescriptor['input'], Output extends RouteDescriptor['output']>(
    route: RouteDescriptor<Input, Output>,
    input: RouteCall<RouteDescriptor<Input, Output>>,
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<Download>;
  /** Calls a route that takes a file, and sends it. `onBytes` hears how much has gone so far. */
  upload<Input extends RouteDescriptor['input'], Output extends RouteDescriptor['output']>(
    route: RouteDescriptor<Input, Output>,
    input: RouteCall<RouteDescriptor<Input, Output>>,
    content: Blob,
    options: UploadOptions,
  ): Promise<RouteOutput<RouteDescriptor<Input, Output>>>;
}

export interface Download {
  body: Blob;
  /** Empty where the server proposes none. */
  fileName: string;
}

/** Where the page keeps the key to its session, without which the cookie says nothing. */
export interface PageKeyStore {
  read(): string | null;
  write(key: string): void;
}

type ApiWords = Messages['api'];

/** The one way to the server's HTTP routes; `fetch` and `upload` come in so that tests need no network, `words` because the language may change. */
export function createApiClient(fetch: typeof globalThis.fetch, pageKey: PageKeyStore, words: () => ApiWords, upload: SendFile = sendFile): ApiClient {
  return {
    async call(route, input, options = {}) {
      const response = await send(fetch, toRequest(route, input), pageKey.read(), words, options.signal);
      const issued = response.headers.get(pageKeyHeader);
      if (issued !== null) pageKey.write(issued);
      const body = await readJson(response);
      if (!response.ok) throw errorOf(response, body, words());
      return checked(route, body, words());
    },
    async *follow(route, input, signal) {
      const response = await send(fetch, toRequest(route, input), pageKey.read(), words, signal);
      if (!response.ok) throw errorOf(response, await readJson(response), words());
      if (response.body === null) return;
      try {
        for await (const line of readLines(response.body)) yield checked(route, parseJson(line), words());
      } catch (thrown) {
        throw thrown instanceof AppError ? thrown : notAnswered(thrown, words(), signal);
      }
    },
    async download(route, input, signal, onBytes) {
      const response = await send(fetch, toRequest(route, input), pageKey.read(), words, signal);
      if (!response.ok) throw errorOf(response, await readJson(response), words());
      const fileName = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '';
      try {
        return { body: await counted(response, onBytes).blob(), fileName: decodeURIComponent(fileName) };
      } catch (thrown) {
        throw notAnswered(thrown, words(), signal);
      }
    },
    async upload(route, input, content, options) {
      const { url } = toRequest({ ...route, method: 'GET' }, input);
      const answer = await upload(url, route.method, content, pageKey.read(), options).catch((thrown: unknown) => {
        throw notAnswered(thrown, words(), options.signal);
      });
      const body = parseJson(answer.text);
      if (answer.status < 200 || answer.status > 299) throw errorOf(answer, body, words());
      return checked(route, body, words());
    },
  };
}

/** The same answer, whose bytes are counted as they are read. */
function counted(response: Response, onBytes: ((bytes: number) => void) | undefined): Response {
  if (onBytes === undefined || response.body === null) return response;
  let bytes = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      onBytes(bytes);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count));
}

function checked<Output extends RouteDescriptor['output']>(route: { id: string; output: Output }, body: unknown, words: ApiWords): z.output<Output> {
  const parsed = route.output.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError('INTERNAL_ERROR', words.badAnswer(route.id), {
    hint: words.badAnswerHint,
    cause: parsed.error,
  });
}

export interface ApiRequest {
  method: string;
  url: string;
  body: string | null;
}

/** Puts an input where it belongs: path parameters first, the rest in the query (GET, DELETE) or the JSON body. */
export function toRequest(route: Pick<RouteDescriptor, 'method' | 'path'>, input: Record<string, unknown>): ApiRequest {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return encodeURIComponent(String(value));
  });
  if (route.method !== 'GET' && route.method !== 'DELETE') return { method: route.method, url: path, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams([...rest].map(([name, value]) => [name, String(value)]));
  return { method: route.method, url: rest.size === 0 ? path : `${path}?${query}`, body: null };
}

async function send(
  fetch: typeof globalThis.fetch,
  request: ApiRequest,
  pageKey: string | null,
  words: () => ApiWords,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (request.body !== null) headers['content-type'] = 'application/json';
  if (pageKey !== null) headers[pageKeyHeader] = pageKey;
  try {
    return await fetch(request.url, { method: request.method, headers, body: request.body, signal: signal ?? null, credentials: 'same-origin' });
  } catch (cause) {
    throw notAnswered(cause, words(), signal);
  }
}

function notAnswered(cause: unknown, words: ApiWords, signal: AbortSignal | undefined): AppError {
  if (signal?.aborted) return new AppError('CANCELLED', words.cancelled, { cause });
  return new AppError('INTERNAL_ERROR', words.noAnswer, { hint: words.noAnswerHint, cause });
}

/** Undefined where the body is not JSON: a proxy's page, or nothing. */
async function readJson(response: Response): Promise<unknown> {
  return parseJson(await response.text());
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorOf(response: Pick<Response, 'status' | 'statusText'>, body: unknown, words: ApiWords): AppError {
  const parsed = errorBodySchema.safeParse(body);
  if (!parsed.success) return new AppError('INTERNAL_ERROR', words.answered(`${response.status} ${response.statusText}`.trim()));
  const { error, code, details, hint, requestId } = parsed.data;
  return new AppError(code, error, { details: { ...details, requestId }, ...(hint === undefined ? {} : { hint }) });
}
