import { ModelError } from '../model/model-error.ts';
import { classifyFailure } from './classify-failure.ts';
import { factsOf } from './failure-facts.ts';
import { type Asked, modelFailure } from './model-failure.ts';
import type { Fetch, Timeouts } from './provider-kind.ts';

const longestErrorBody = 64 * 1024;

/**
 * A `fetch` for one provider that throws a `ModelError` for every answer but a good one: the one place where HTTP becomes
 * our errors. It follows no redirect (a key stays with the host that it is for), and ends what says nothing for too long.
 */
export function modelFetch(fetch: Fetch, timeouts: Timeouts, asked: Asked): Fetch {
  return async (input, init) => {
    const watch = new Watch(timeouts, asked);
    const callers = init?.signal ?? null;
    const signal = callers === null ? watch.signal : AbortSignal.any([callers, watch.signal]);
    try {
      const response = await fetch(input, { ...init, redirect: 'manual', signal });
      if (!response.ok) throw await refusalOf(response, asked);
      return new Response(
        response.body === null ? null : watched(response.body, signal, watch, (thrown) => translated(thrown, watch, asked, callers)),
        response,
      );
    } catch (thrown) {
      watch.end();
      throw translated(thrown, watch, asked, callers);
    }
  };
}

/** Aborts when nothing comes for too long while somebody waits for it; a reader that is slow itself is not the provider's fault. */
class Watch {
  private readonly control = new AbortController();
  private readonly idleMs: number;
  private readonly asked: Asked;
  private timer: NodeJS.Timeout | undefined;
  private hasBegun = false;

  constructor({ firstByteMs, idleMs }: Timeouts, asked: Asked) {
    this.idleMs = idleMs;
    this.asked = asked;
    this.start(firstByteMs);
  }

  get signal(): AbortSignal {
    return this.control.signal;
  }

  /** Somebody waits for the next bytes; the time for the first ones runs already. */
  wait(): void {
    if (this.hasBegun) this.start(this.idleMs);
  }

  /** Something came. */
  rest(): void {
    this.hasBegun = true;
    this.end();
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private start(ms: number): void {
    this.timer = setTimeout(() => this.control.abort(modelFailure('timeout', this.asked)), ms);
  }
}

async function refusalOf(response: Response, asked: Asked): Promise<ModelError> {
  const text = await beginningOf(response);
  const facts = factsOf(parsed(text), response.status, response.headers);
  return modelFailure(classifyFailure(facts) ?? 'badRequest', asked, facts);
}

async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestErrorBody) break;
  }
  return text;
}

/** What is no JSON (a gateway's page) tells nothing but its status. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function watched(body: ReadableStream<Uint8Array>, signal: AbortSignal, watch: Watch, translate: (thrown: unknown) => unknown): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        watch.wait();
        const { done, value } = await abortable(reader.read(), signal);
        watch.rest();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (thrown) {
        watch.end();
        controller.error(translate(thrown));
        await reader.cancel().catch(() => undefined); // It ended already; why is told above.
      }
    },
    async cancel(reason) {
      watch.end();
      await reader.cancel(reason);
    },
  });
}

/** A body that knows nothing of our signal is left as well. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  const { promise: result, resolve, reject } = Promise.withResolvers<T>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  return result;
}

function translated(thrown: unknown, watch: Watch, asked: Asked, callers: AbortSignal | null): unknown {
  if (watch.signal.aborted) return watch.signal.reason;
  if (callers?.aborted) return modelFailure('aborted', asked);
  if (thrown instanceof ModelError) return thrown;
  return modelFailure('network', asked, { message: networkReason(thrown) }, thrown);
}

/** undici says only `fetch failed`; the reason is in its cause. */
function networkReason(thrown: unknown): string | null {
  if (!(thrown instanceof Error)) return null;
  const cause = thrown.cause instanceof Error ? thrown.cause : thrown;
  return cause.message === '' && 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
