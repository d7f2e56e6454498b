import { RateLimiterMemory } from 'rate-limiter-flexible';
import { consumeFrom } from './consume-from.ts';
import type { Listener, SharedMemory } from './shared-memory.ts';

/** More would be a leak: what was not asked for longest goes first. */
const mostCached = 10_000;

/** For one server alone. `now` is in epoch milliseconds. */
export function inProcessMemory(now: () => number = Date.now): SharedMemory {
  const kept = new Map<string, { value: string; until: number }>();
  const listeners = new Map<string, Set<Listener>>();
  return {
    cache: {
      async get(key) {
        const entry = kept.get(key);
        if (entry === undefined) return null;
        kept.delete(key);
        if (entry.until <= now()) return null;
        kept.set(key, entry);
        return entry.value;
      },
      async take(key) {
        const entry = kept.get(key);
        kept.delete(key);
        return entry === undefined || entry.until <= now() ? null : entry.value;
      },
      async set(key, value, ttlMs) {
        kept.delete(key);
        kept.set(key, { value, until: now() + ttlMs });
        for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - mostCached))) kept.delete(oldest);
      },
      delete: async (key) => void kept.delete(key),
    },
    limiter: ({ name, points, seconds }) => consumeFrom(new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }), points),
    async publish(channel, message) {
      for (const listener of listeners.get(channel) ?? []) queueMicrotask(() => listener(message));
    },
    async subscribe(channel, listener) {
      const all = listeners.get(channel) ?? new Set();
      listeners.set(channel, all.add(listener));
      return async () => {
        all.delete(listener);
        if (all.size === 0) listeners.delete(channel);
      };
    },
    async close() {
      kept.clear();
      listeners.clear();
    },
  };
}
