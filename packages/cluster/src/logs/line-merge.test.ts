import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeLines } from './line-merge.ts';
import { LineQueue } from './line-queue.ts';

const time = (nanos: number) => `2026-01-01T00:00:00.${String(nanos).padStart(9, '0')}Z`;
const entry = (container: string, nanos: number) => ({ pod: 'web', container, time: time(nanos), text: `${container}${nanos}` });

function source(container: string, times: readonly number[], { live = false, at = 0, heardAt = at }: { live?: boolean; at?: number; heardAt?: number } = {}) {
  const queue = new LineQueue();
  queue.push(
    times.map((nanos) => entry(container, nanos)),
    at,
  );
  return { queue, live, heardAt };
}

describe('the merge', () => {
  it('is in the order of time, and of each container in its own order', () => {
    const sorted = fc.array(fc.nat(1000)).map((times) => times.sort((a, b) => a - b));
    const property = fc.property(fc.array(sorted, { maxLength: 8 }), (all) => {
      const sources = all.map((times, i) => source(String.fromCharCode(97 + i), times));
      const { entries } = mergeLines(sources, { entries: 100_000, windowMs: null, now: 0 });
      expect(entries.map((each) => each.time)).toEqual(
        all
          .flat()
          .sort((a, b) => a - b)
          .map(time),
      );
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('of what is only read waits for a container that has said nothing yet', () => {
    const sources = [source('a', [1, 2]), source('b', [], { live: true })];
    expect(mergeLines(sources, { entries: 10, windowMs: null, now: 1e9 })).toEqual({ entries: [], waitMs: null });
  });

  it('of what is followed waits for its window and no longer', () => {
    const sources = [source('a', [1, 2], { live: true, at: 1000 }), source('b', [], { live: true, heardAt: 400 })];
    expect(mergeLines(sources, { entries: 10, windowMs: 250, now: 1100 })).toEqual({ entries: [], waitMs: 150 });
    expect(mergeLines(sources, { entries: 10, windowMs: 250, now: 1250 }).entries.map(({ text }) => text)).toEqual(['a1', 'a2']);
  });

  it('does not hold back what all others are already past', () => {
    const sources = [source('a', [1, 5], { live: true, at: 1000 }), source('b', [3], { live: true, at: 1000 })];
    const { entries, waitMs } = mergeLines(sources, { entries: 10, windowMs: 250, now: 1000 });
    expect(entries.map(({ text }) => text)).toEqual(['a1', 'b3']);
    expect(waitMs).toBe(250);
  });
});
