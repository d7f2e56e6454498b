import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { FrameBudget } from './frame-budget.ts';
import { SocketCounts } from './socket-counts.ts';

describe('sockets', () => {
  it('are counted for each person, until they close', () => {
    const counts = new SocketCounts();
    const [first, second] = [new EventEmitter(), new EventEmitter()];
    for (const socket of [first, second]) counts.add('live ann', socket);
    expect(() => counts.check('live ann', 2)).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    counts.check('live bob', 2);
    counts.check('exec ann', 2);
    first.emit('close');
    counts.check('live ann', 2);
  });

  it('take so many frames in a while, and then as many again', () => {
    let now = 0;
    const budget = new FrameBudget(() => now);
    for (let frame = 0; frame < 500; frame += 1) expect(budget.spend()).toBe(true);
    expect(budget.spend()).toBe(false);
    now = 10_000;
    expect(budget.spend()).toBe(true);
  });
});
