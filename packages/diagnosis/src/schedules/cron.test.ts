import { describe, expect, it } from 'vitest';
import { everComes, lastDue, parseCron, wallClock } from './cron.ts';

const now = Date.parse('2026-05-04T12:07:30Z');

function due(text: string): string | null {
  const schedule = parseCron(text);
  const at = schedule === null ? null : lastDue(schedule, now);
  return at === null ? null : new Date(at).toISOString().slice(0, 16);
}

describe('a cron schedule', () => {
  it.each([
    ['* * * * *', '2026-05-04T12:07'],
    ['*/5 * * * *', '2026-05-04T12:05'],
    ['30 2 * * *', '2026-05-04T02:30'],
    ['0 22 * * mon-fri', '2026-05-01T22:00'],
    ['0 0 * * 7', '2026-05-03T00:00'],
    ['15 3 1 jan,jul *', '2026-01-01T03:15'],
    ['0 0 13 * 5', '2026-05-01T00:00'],
    ['10-40/15 9 * * *', '2026-05-04T09:40'],
    ['@hourly', '2026-05-04T12:00'],
  ])('%s was last due at %s', (text, expected) => {
    expect(due(text)).toBe(expected);
  });

  it.each(['* * * *', '61 * * * *', '0 0 * * funday', '@every 5m', '5-1 * * * *', '0 0 0 * *'])('%s cannot be read', (text) => {
    expect(parseCron(text)).toBeNull();
  });

  it('knows days that never come', () => {
    const comes = (text: string) => {
      const schedule = parseCron(text);
      return schedule !== null && everComes(schedule, now);
    };
    expect(comes('0 0 31 2 *')).toBe(false);
    expect(comes('0 0 31 4,6,9,11 *')).toBe(false);
    expect(comes('0 0 29 2 *')).toBe(true);
    expect(comes('0 0 31 2 1')).toBe(true);
  });

  it('reads the wall clock of a time zone', () => {
    expect(wallClock(now, 'Europe/Berlin')).toBe(Date.parse('2026-05-04T14:07:30Z'));
    expect(wallClock(now, 'Mars/Olympus')).toBeNull();
  });
});
