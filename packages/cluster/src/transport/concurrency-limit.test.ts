import { expect, it } from 'vitest';
import { ConcurrencyLimit } from './concurrency-limit.ts';

const { signal } = new AbortController();

it('never runs more than the limit, and all in the end', async () => {
  const limit = new ConcurrencyLimit(3);
  let running = 0;
  let most = 0;
  const task = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => limit.run(signal, task)));
  expect(most).toBe(3);
});

it('lets an aborted task leave the queue and the next one in', async () => {
  const limit = new ConcurrencyLimit(1);
  const gate = Promise.withResolvers<void>();
  const first = limit.run(signal, () => gate.promise);
  const leaving = new AbortController();
  const second = limit.run(leaving.signal, async () => 'second');
  const third = limit.run(signal, async () => 'third');
  leaving.abort();
  await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
  gate.resolve();
  await first;
  await expect(third).resolves.toBe('third');
});

it('gives the place back after a failure', async () => {
  const limit = new ConcurrencyLimit(1);
  await expect(limit.run(signal, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(limit.run(signal, async () => 'next')).resolves.toBe('next');
});
