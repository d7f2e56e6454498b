import { describe, expect, it } from 'vitest';
import { MessageQueue } from './message-queue.ts';

function source() {
  const calls: string[] = [];
  return { calls, pause: () => calls.push('pause'), resume: () => calls.push('resume') };
}

const message = (size: number, fill = 1) => new Uint8Array(size).fill(fill);

async function read(queue: MessageQueue): Promise<number[]> {
  const seen: number[] = [];
  for await (const each of queue) seen.push(each[0] ?? 0);
  return seen;
}

describe('MessageQueue', () => {
  it('gives messages in order, those that were there and those that come', async () => {
    const queue = new MessageQueue(source());
    queue.push(message(1, 1));
    const reading = read(queue);
    await Promise.resolve();
    queue.push(message(1, 2));
    queue.push(message(1, 3));
    queue.end();
    expect(await reading).toEqual([1, 2, 3]);
  });

  it('pauses its source while much lies unread, and lets it go on when there is room', async () => {
    const from = source();
    const queue = new MessageQueue(from);
    for (let index = 0; index < 5; index += 1) queue.push(message(300_000));
    expect(from.calls).toEqual(['pause']);
    await queue.next();
    await queue.next();
    expect(from.calls).toEqual(['pause']);
    await queue.next();
    await queue.next();
    expect(from.calls).toEqual(['pause', 'resume']);
  });

  it('throws a failure after what came before it', async () => {
    const queue = new MessageQueue(source());
    queue.push(message(1));
    queue.end(new Error('cut'));
    queue.push(message(1));
    expect((await queue.next()).done).toBe(false);
    await expect(queue.next()).rejects.toThrow('cut');
  });

  it('lets the source go on when the reader breaks off', async () => {
    const from = source();
    const queue = new MessageQueue(from);
    for (let index = 0; index < 5; index += 1) queue.push(message(300_000));
    for await (const _first of queue) break;
    expect(from.calls).toEqual(['pause', 'resume']);
    queue.push(message(2_000_000));
    expect(from.calls).toHaveLength(2);
    expect((await queue.next()).done).toBe(true);
  });
});
