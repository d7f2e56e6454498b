import { abortable } from '../transport/abortable.ts';

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
