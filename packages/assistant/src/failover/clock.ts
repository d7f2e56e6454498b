import { setTimeout as after } from 'node:timers/promises';

/** Time, as failover sees it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Throws when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => after(ms, undefined, { signal }),
};
