import { AppError } from '@quarterdeck/contract';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { createClient } from 'redis';
import { consumeFrom } from './consume-from.ts';
import type { Listener, SharedMemory } from './shared-memory.ts';

/** Everything of ours in a Redis that others may use too. */
const prefix = 'quarterdeck:';
/** Milliseconds. */
const connectTimeout = 5_000;
const longestPause = 2_000;

/**
 * Shared between servers through Redis (`redis://` or `rediss://`). While Redis is away each server counts its limits for itself;
 * cache and messages throw STORAGE_UNAVAILABLE. It connects again by itself. `onFault` is told what goes wrong meanwhile.
 */
export async function redisMemory(url: string, onFault: (error: Error) => void): Promise<SharedMemory> {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout, reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, longestPause) },
  });
  const subscriber = client.duplicate({ disableOfflineQueue: false });
  for (const each of [client, subscriber]) each.on('error', onFault);
  const label = new URL(url).host;
  const guarded = <T>(task: Promise<T>): Promise<T> => task.catch((cause: unknown) => Promise.reject(unreachable(label, cause)));
  await guarded(connectAll([client, subscriber]));
  return {
    cache: {
      get: (key) => guarded(client.get(`${prefix}cache:${key}`)),
      set: async (key, value, ttlMs) =>
        void (await guarded(client.set(`${prefix}cache:${key}`, value, { expiration: { type: 'PX', value: Math.max(1, Math.round(ttlMs)) } }))),
      take: (key) => guarded(client.getDel(`${prefix}cache:${key}`)),
      delete: async (key) => void (await guarded(client.del(`${prefix}cache:${key}`))),
    },
    limiter({ name, points, seconds }) {
      const limit = { keyPrefix: `${prefix}limit:${name}`, points, duration: seconds };
      return consumeFrom(
        new RateLimiterRedis({ ...limit, storeClient: client, useRedisPackage: true, insuranceLimiter: new RateLimiterMemory(limit) }),
        points,
      );
    },
    publish: async (channel, message) => void (await guarded(client.publish(`${prefix}${channel}`, message))),
    async subscribe(channel, listener: Listener) {
      await guarded(subscriber.subscribe(`${prefix}${channel}`, listener));
      return () => guarded(subscriber.unsubscribe(`${prefix}${channel}`, listener));
    },
    async close() {
      for (const each of [client, subscriber]) each.destroy();
    },
  };
}

/** The first connection must succeed: a wrong address is told at start. */
async function connectAll(clients: readonly { connect(): Promise<unknown>; destroy(): void }[]): Promise<void> {
  const limit = new Promise<never>((_resolve, reject) =>
    setTimeout(() => reject(new Error(`no connection within ${connectTimeout / 1000} s`)), connectTimeout).unref(),
  );
  try {
    await Promise.race([Promise.all(clients.map((client) => client.connect())), limit]);
  } catch (thrown) {
    for (const client of clients) client.destroy();
    throw thrown;
  }
}

function unreachable(label: string, cause: unknown): AppError {
  return new AppError('STORAGE_UNAVAILABLE', `Redis (${label}) does not answer.`, {
    hint: 'See whether it runs and can be reached, or correct QUARTERDECK_REDIS.',
    details: { fault: 'lost' },
    cause,
  });
}
