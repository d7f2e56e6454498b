import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { canHaveRedis, type RedisServer, startRedis } from '../testing/redis-server.ts';
import { inProcessMemory } from './in-process.ts';
import { openSharedMemory } from './open-shared-memory.ts';
import { redisMemory } from './redis.ts';
import type { SharedMemory } from './shared-memory.ts';

let redis: RedisServer;
beforeAll(async () => {
  if (canHaveRedis()) redis = await startRedis();
});
afterAll(() => redis?.kill());

/** Two servers that share, and what each of them holds. */
const kinds: Record<string, () => Promise<[SharedMemory, SharedMemory]>> = {
  'one process': async () => {
    const memory = inProcessMemory();
    return [memory, memory];
  },
  Redis: async () => [await redisMemory(redis.url, () => undefined), await redisMemory(redis.url, () => undefined)],
};

describe.each(Object.entries(kinds).filter(([name]) => name !== 'Redis' || canHaveRedis()))('what servers share through %s', (_name, open) => {
  let one: SharedMemory;
  let other: SharedMemory;
  beforeAll(async () => {
    [one, other] = await open();
  });
  afterAll(async () => {
    await one.close();
    await other.close();
  });

  it('is cached until its time is over, or it is taken away', async () => {
    await one.cache.set('a', 'first', 60_000);
    await one.cache.set('a', 'second', 60_000);
    await one.cache.set('short', 'x', 30);
    expect(await other.cache.get('a')).toBe('second');
    expect(await other.cache.get('none')).toBeNull();
    await other.cache.delete('a');
    expect(await one.cache.get('a')).toBeNull();
    await vi.waitFor(async () => expect(await other.cache.get('short')).toBeNull());
    await one.cache.set('ticket', 't', 60_000);
    const taken = await Promise.all([one.cache.take('ticket'), other.cache.take('ticket'), one.cache.take('ticket')]);
    expect(taken.filter((value) => value !== null)).toEqual(['t']);
  });

  it('counts against one limit, each key and each limit for itself', async () => {
    const limit = { name: `login-${Math.random()}`, points: 3, seconds: 60 };
    const [here, there] = [one.limiter(limit), other === one ? one.limiter(limit) : other.limiter(limit)];
    // In one process a limit is set up once: there its one limiter is used.
    const second = other === one ? here : there;
    expect(await here.consume('ada')).toMatchObject({ allowed: true, remaining: 2 });
    expect(await second.consume('ada')).toMatchObject({ allowed: true, remaining: 1 });
    expect(await here.consume('ada')).toMatchObject({ allowed: true, remaining: 0, retryAfterMs: 0 });
    const refused = await second.consume('ada');
    expect(refused).toMatchObject({ allowed: false, remaining: 0 });
    expect(refused.retryAfterMs).toBeGreaterThan(0);
    expect(refused.retryAfterMs).toBeLessThanOrEqual(60_000);
    expect(await here.consume('bob')).toMatchObject({ allowed: true });
    expect(await one.limiter({ ...limit, name: `${limit.name}-other` }).consume('ada')).toMatchObject({ allowed: true });
  });

  it('hears every message in its order, from itself and others, until it stops listening', async () => {
    const heard: string[] = [];
    const stop = await one.subscribe('changes', (message) => heard.push(`one ${message}`));
    const stopOther = await other.subscribe('changes', (message) => heard.push(`other ${message}`));
    await one.subscribe('else', (message) => heard.push(message));
    await one.publish('changes', '1');
    await other.publish('changes', '2');
    await vi.waitFor(() => expect(heard).toHaveLength(4));
    expect(heard.filter((text) => text.startsWith('one'))).toEqual(['one 1', 'one 2']);
    expect(heard.filter((text) => text.startsWith('other'))).toEqual(['other 1', 'other 2']);
    await stop();
    await other.publish('changes', '3');
    await vi.waitFor(() => expect(heard).toContain('other 3'));
    expect(heard).not.toContain('one 3');
    await stopOther();
  });
});

describe.skipIf(!canHaveRedis())('a Redis that goes away', () => {
  it('is told clearly; limits go on in each server, and everything when it is back', async () => {
    const faults: Error[] = [];
    const memory = await openSharedMemory(redis.url, (error) => faults.push(error));
    const limiter = memory.limiter({ name: 'away', points: 2, seconds: 60 });
    const heard: string[] = [];
    await memory.subscribe('again', (message) => heard.push(message));
    await redis.kill();
    await vi.waitFor(() => expect(faults.length).toBeGreaterThan(0));
    await expect(memory.cache.get('a')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', hint: expect.stringContaining('QUARTERDECK_REDIS') });
    expect((await limiter.consume('ada')).allowed).toBe(true);
    expect((await limiter.consume('ada')).allowed).toBe(true);
    expect((await limiter.consume('ada')).allowed).toBe(false);
    await redis.start();
    await vi.waitFor(async () => memory.cache.set('a', 'b', 1000), { timeout: 20_000 });
    await vi.waitFor(
      async () => {
        await memory.publish('again', 'back');
        await delay(20);
        expect(heard).toContain('back');
      },
      { timeout: 20_000 },
    );
    await memory.close();
  });

  it('or was never there keeps a server from starting', async () => {
    await expect(redisMemory('redis://127.0.0.1:1', () => undefined)).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      message: expect.stringContaining('127.0.0.1:1'),
    });
  });
});
