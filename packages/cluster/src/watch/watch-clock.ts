import { setTimeout as delay } from 'node:timers/promises';

/** Time as watches use it; tests bring their own. */
export interface WatchClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** From 0 to below 1, for jitter. */
  random(): number;
}

export const systemWatchClock: WatchClock = {
  now: Date.now,
  sleep: async (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
  random: Math.random,
};
