import { describe, expect, it } from 'vitest';
import { type Figure, passes } from './bench.ts';
import { percentile } from './harness/percentile.ts';
import { figureTable } from './report.ts';

describe('a figure', () => {
  const below: Figure = { name: 'memory', value: 400, unit: 'MB', bar: { is: '<', value: 400 } };

  it('that is exactly at a bar passes only where the bar includes itself', () => {
    expect(passes(below)).toBe(false);
    expect(passes({ ...below, bar: { is: '<=', value: 400 } })).toBe(true);
  });

  it('that could not be measured never passes a bar', () => {
    expect(passes({ ...below, value: Number.NaN })).toBe(false);
  });

  it('without a bar is shown as extra', () => {
    expect(figureTable([below, { name: 'pages', value: 2.3456, unit: '' }])).toEqual([
      'figure  value  unit  bar    ok',
      'memory    400  MB    < 400  NO',
      'pages    2.35               extra',
    ]);
  });
});

describe('a percentile', () => {
  it('is a value that was measured, whatever their order', () => {
    expect([0, 50, 95, 100].map((p) => percentile([30, 10, 20, 40], p))).toEqual([10, 20, 40, 40]);
  });

  it('of nothing is no number', () => {
    expect(percentile([], 50)).toBeNaN();
  });
});
