import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';

const never = new AbortController().signal;
/** Lets everything that waits for a promise go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Takes until somebody has to wait; gives what frees them. */
async function takeAll(slots: Slots): Promise<(() => void)[]> {
  const taken: (() => void)[] = [];
  for (let i = 0; i < 20; i += 1) {
    let isTaken = false;
    const stop = new AbortController();
    const one = slots.take(stop.signal).then((free) => {
      isTaken = true;
      taken.push(free);
    });
    await settle();
    if (isTaken) continue;
    stop.abort();
    await expect(one).rejects.toBeDefined();
    break;
  }
  return taken;
}

async function free(taken: readonly (() => void)[]): Promise<void> {
  for (const one of taken) one();
  await settle();
}

describe('requests at a time', () => {
  it('are as many as was set, and who waits comes next, first come first served', async () => {
    const slots = new Slots(2);
    const [first] = [await slots.take(never), await slots.take(never)];
    const order: number[] = [];
    const later = [1, 2].map((n) => slots.take(never).then((release) => [order.push(n), release()]));
    await settle();
    expect(order).toEqual([]);
    first?.();
    first?.(); // Twice frees once.
    await Promise.all(later);
    expect(order).toEqual([1, 2]);
  });

  it('are half as many after a refusal, never none, and grow again with what goes well', async () => {
    const slots = new Slots(8);
    const count = async () => {
      const taken = await takeAll(slots);
      await free(taken);
      return taken.length;
    };
    expect(await count()).toBe(8);
    slots.rateLimited();
    expect(await count()).toBe(4);
    for (let i = 0; i < 5; i += 1) slots.rateLimited();
    expect(await count()).toBe(1);
    for (let i = 0; i < 20; i += 1) slots.succeeded();
    expect(await count()).toBe(2);
    for (let i = 0; i < 20 * 20; i += 1) slots.succeeded();
    expect(await count()).toBe(8);
  });

  it('who gives up waiting leaves no hole', async () => {
    const slots = new Slots(1);
    const first = await slots.take(never);
    const stop = new AbortController();
    const gone = slots.take(stop.signal);
    const next = slots.take(never);
    stop.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
    first();
    (await next)();
    await slots.take(never);
  });
});
