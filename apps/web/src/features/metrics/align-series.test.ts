import { describe, expect, it } from 'vitest';
import { alignSeries, spanOfValues, topOfChart } from './align-series.ts';

describe('series of one chart', () => {
  it('share their times; a gap stays a gap and a time of another series is none', () => {
    const received: [number, number | null][] = [
      [10, 1],
      [20, null],
      [30, 3],
    ];
    expect(alignSeries([received, [[20, 5]]])).toEqual([
      [10, 20, 30],
      [1, null, 3],
      [undefined, 5, undefined],
    ]);
    expect(alignSeries([])).toEqual([[]]);
  });

  it('are summed up without their gaps', () => {
    expect(
      spanOfValues([
        [1, 4],
        [2, null],
        [3, 2],
      ]),
    ).toEqual({ least: 2, most: 4, last: 2 });
    expect(spanOfValues([[1, null]])).toBeNull();
  });
});

it('shows a limit that is near, and is not pressed flat by one that is far', () => {
  expect(topOfChart(10, [20])).toBeCloseTo(22);
  expect(topOfChart(10, [1_000])).toBeCloseTo(11);
  expect(topOfChart(0, [64])).toBeCloseTo(70.4);
  expect(topOfChart(0, [])).toBe(1);
});
