import { describe, expect, it } from 'vitest';
import { formatAge, formatClock, formatDuration, formatExact, formatMoment } from './age.ts';

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

describe('times', () => {
  const at = '2026-10-01T23:12:05Z';
  const now = Date.parse('2026-10-02T01:00:00Z');
  const inZone = (timeZone: string, locale = 'en-GB') => ({ locale, timeZone });

  it('have the date where it is not today where the person is', () => {
    expect(formatClock(at, now, inZone('UTC'))).toBe('1 Oct 23:12:05');
    expect(formatClock(at, now, inZone('Europe/Berlin'))).toBe('01:12:05');
  });

  it('stand in the zone and the words that the person wants, with UTC beside them', () => {
    expect(formatMoment(at, inZone('Asia/Tokyo'))).toBe('2 Oct 2026, 08:12');
    expect(formatMoment(at, inZone('UTC', 'de-DE'))).toBe('01.10.2026, 23:12');
    expect(formatExact(at, inZone('Asia/Tokyo'))).toMatch(/^2 Oct 2026, 08:12:05 \S+ \(2026-10-01T23:12:05Z\)$/);
  });
});
