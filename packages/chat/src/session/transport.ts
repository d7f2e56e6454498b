import { AppError, errorBodySchema, type RouteCall, type RouteDescriptor, type RouteOutput } from '@quarterdeck/contract';

/** How the chat reaches its server. A host that has a client of its own gives that. */
export interface ChatTransport {
  /** Rejects with an AppError, whatever went wrong. */
  call<Input extends RouteDescriptor['input'], Output extends RouteDescriptor['output']>(
    route: RouteDescriptor<Input, Output>,
    input: RouteCall<RouteDescriptor<Input, Output>>,
    options?: { signal?: AbortSignal },
  ): Promise<RouteOutput<RouteDescriptor<Input, Output>>>;
  /** Gives each line of an answer as it comes. */
  follow<Input extends RouteDescriptor['input'], Output extends RouteDescriptor['output']>(
    route: RouteDescriptor<Input, Output>,
    input: RouteCall<RouteDescriptor<Input, Output>>,
    signal: AbortSignal,
  ): AsyncGenerator<RouteOutput<RouteDescriptor<Input, Output>>>;
}

export interface TransportOptions {
  fetch: typeof globalThis.fetch;
  /** Before the paths of the routes; empty where the page and its server are one. */
  baseUrl?: string;
  /** Sent with every request: who asks. */
  headers?(): Readonly<Record<string, string>>;
}

/** For a page whose server is `createAssistantHandler`. */
export function createTransport({ fetch, baseUrl = '', headers = () => ({}) }: TransportOptions): ChatTransport {
  const send = async (route: RouteDescriptor, input: Record<string, unknown>, signal: AbortSignal | null): Promise<Response> => {
    const { url, body } = requestOf(route, input);
    const type = body === null ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${baseUrl}${url}`, { method: route.method, headers: { ...headers(), ...type }, body, signal }).catch((cause: unknown) => {
      throw new AppError(signal?.aborted ? 'CANCELLED' : 'INTERNAL_ERROR', 'The server does not answer.', {
        cause,
        hint: 'Check that it runs, and try again.',
      });
    });
    if (!response.ok) throw errorOf(response.status, parsed(await response.text()));
    return response;
  };
  return {
    async call(route, input, { signal } = {}) {
      const response = await send(route, input, signal ?? null);
      return route.output.parse(parsed(await response.text()));
    },
    async *follow(route, input, signal) {
      const response = await send(route, input, signal);
      if (response.body === null) return;
      for await (const line of linesOf(response.body)) yield route.output.parse(parsed(line));
    },
  };
}

function requestOf({ method, path }: RouteDescriptor, input: Record<string, unknown>): { url: string; body: string | null } {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const url = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest.get(name));
    rest.delete(name);
    return encodeURIComponent(value);
  });
  if (method !== 'GET' && method !== 'DELETE') return { url, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams([...rest].map(([name, value]) => [name, String(value)]));
  return { url: rest.size === 0 ? url : `${url}?${query}`, body: null };
}

async function* linesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = '';
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const lines = (rest + read.value).split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter((line) => line !== '');
    }
    if (rest !== '') yield rest;
  } finally {
    await reader.cancel();
  }
}

function errorOf(status: number, body: unknown): AppError {
  const known = errorBodySchema.safeParse(body);
  if (!known.success) return new AppError('INTERNAL_ERROR', `The server answered ${status}.`);
  const { code, error, hint } = known.data;
  return new AppError(code, error, hint === undefined ? {} : { hint });
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
