import { describe, expect, it } from 'vitest';
import { formatAge, formatDuration } from './age.ts';

const s = 1_000;
const m = 60 * s;
const h = 60 * m;
const d = 24 * h;

describe('formatDuration', () => {
  // The table of kubectl's own test of its ages (k8s.io/apimachinery, duration.HumanDuration).
  const table: [number, string][] = [
    [1 * s, '1s'],
    [70 * s, '70s'],
    [190 * s, '3m10s'],
    [70 * m, '70m'],
    [47 * h, '47h'],
    [49 * h, '2d1h'],
    [8 * d + 2 * h, '8d'],
    [367 * d, '367d'],
    [365 * 2 * d + 25 * h, '2y1d'],
    [365 * 8 * d + 2 * h, '8y'],
    [10 * m, '10m'],
    [5 * h + 12 * m, '5h12m'],
    [-5 * s, '0s'],
  ];
  it.each(table)('%i ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('formatAge', () => {
  it('leaves what is no time as it is', () => {
    expect(formatAge('unknown', 0)).toBe('unknown');
    expect(formatAge('1970-01-01T00:00:00Z', 90 * s)).toBe('90s');
  });
});
