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

/** Aborts when nothing comes for too long. */
class Watch {
  private readonly control = new AbortController();
  private readonly timeouts: Timeouts;
  private readonly asked: Asked;
  private timer: NodeJS.Timeout;

  constructor(timeouts: Timeouts, asked: Asked) {
    this.timeouts = timeouts;
    this.asked = asked;
    this.timer = setTimeout(() => this.expire(), timeouts.firstByteMs);
  }

  get signal(): AbortSignal {
    return this.control.signal;
  }

  /** Something came. */
  touch(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.expire(), this.timeouts.idleMs);
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private expire(): void {
    this.control.abort(modelFailure('timeout', this.asked));
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
        const { done, value } = await abortable(reader.read(), signal);
        if (done) {
          watch.end();
          controller.close();
          return;
        }
        watch.touch();
        controller.enqueue(value);
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
