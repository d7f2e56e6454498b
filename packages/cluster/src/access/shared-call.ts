import { abortError } from '../transport/connection-error.ts';

/**
 * Shares one call among all who ask at the same time, and its result for `lifetimeMs` after. A caller that aborts
 * leaves alone; the call goes on for the others. Failures are not kept.
 */
export function sharedFor<T>(lifetimeMs: number, now: () => number, call: () => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let current: { result: Promise<T>; expiresAt: number } | null = null;
  return (signal) => {
    if (current === null || now() >= current.expiresAt) {
      const result = call();
      const entry = { result, expiresAt: now() + lifetimeMs };
      current = entry;
      result.catch(() => {
        if (current === entry) current = null;
      });
    }
    return abortable(current.result, signal);
  };
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(abortError(signal));
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(abortError(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
