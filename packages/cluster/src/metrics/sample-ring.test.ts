import { describe, expect, it } from 'vitest';
import { SampleRing } from './sample-ring.ts';

const all = () => true;
const ringOf = (samples: readonly [number, Record<string, number>][], maxSeries = 10) => {
  const ring = new SampleRing({ step: 10, slots: 4, maxSeries });
  for (const [time, values] of samples) ring.record(time, new Map(Object.entries(values)));
  return ring;
};

describe('SampleRing', () => {
  it('adds up what was measured at the same time, and leaves gaps', () => {
    const ring = ringOf([
      [1_003, { a: 1, b: 2 }],
      [1_023, { a: 4 }],
    ]);
    expect(ring.sum(all, 990, 1_040)).toEqual([
      [990, null],
      [1_000, 3],
      [1_010, null],
      [1_020, 4],
      [1_030, null],
      [1_040, null],
    ]);
    expect(ring.sum((key) => key === 'b', 1_000, 1_020)).toEqual([
      [1_000, 2],
      [1_010, null],
      [1_020, null],
    ]);
  });

  it('forgets what is older than its window, and series of which nothing is left', () => {
    const ring = ringOf([
      [1_000, { a: 1, gone: 1 }],
      [1_010, { a: 2 }],
      [1_040, { a: 3 }],
    ]);
    expect(ring.sum(all, 1_000, 1_040).map(([, value]) => value)).toEqual([null, 2, null, null, 3]);
    expect(ring.count).toBe(1);
    ring.record(9_000, new Map());
    expect(ring.count).toBe(0);
  });

  it('keeps no more series than it may', () => {
    const ring = ringOf([[1_000, { a: 1, b: 1, c: 1 }]], 2);
    expect([ring.count, ring.refused]).toEqual([2, 1]);
  });

  it('ignores a clock that goes back', () => {
    const ring = ringOf([
      [1_020, { a: 1 }],
      [1_000, { a: 9 }],
    ]);
    expect(ring.sum(all, 1_000, 1_020).map(([, value]) => value)).toEqual([null, null, 1]);
  });
});
