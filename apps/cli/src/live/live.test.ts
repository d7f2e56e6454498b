import { describe, expect, it } from 'vitest';
import { screenLines } from './live-screen.ts';
import { type LiveEvent, liveState, reduce, shownLines } from './live-state.ts';

const update = (name: string, status: string, at: number, gone = false): LiveEvent => ({
  type: 'update',
  update: { key: `shop/${name}`, cells: [name, status], gone, head: ['NAME', 'STATUS'] },
  at,
});
const press = (keys: string): LiveEvent[] => [...keys].map((key) => ({ type: 'key', key }));
const after = (events: readonly LiveEvent[]) => events.reduce(reduce, liveState('pods in shop'));
const plain = { columns: 60, rows: 10, now: 100_000, paint: (_: unknown, text: string) => text };
const names = (events: readonly LiveEvent[]) => shownLines(after(events)).map(({ cells }) => cells.join(' '));

const two = [update('web', 'Running', 1000), update('api', 'Pending', 99_000)];

describe('a live display', () => {
  it('shows each object where it first came, marks what changed of late and what is gone', () => {
    const lines = screenLines(after([...two, update('web', 'Terminating', 70_000, true)]), plain);
    expect(lines.slice(0, 4)).toEqual(['pods in shop · 2 · 3 changes', '  NAME  STATUS', '- web   Terminating   gone 30s ago', '* api   Pending']);
    expect(lines.at(-1)).toBe('/ filter   space pause   s save   ? summary   q quit');
  });

  it('filters by what is typed after a slash, and takes it back', () => {
    expect(names([...two, ...press('/pend')])).toEqual(['api Pending']);
    expect(names([...two, ...press('/penx\u007fd\r')])).toEqual(['api Pending']);
    expect(names([...two, ...press('/pend\u001b')])).toHaveLength(2);
    expect(after([...two, ...press('/q')]).done).toBe(false);
  });

  it('holds what it shows while it is paused, and goes on with what came', () => {
    const paused = [...two, ...press(' '), update('new', 'Running', 100_000)];
    expect(names(paused)).toHaveLength(2);
    expect(names([...paused, ...press(' ')])).toHaveLength(3);
  });

  it('ends with q and with an interruption', () => {
    expect(['q', '\u0003'].map((key) => after(press(key)).done)).toEqual([true, true]);
  });

  it('fits every screen, and says how many more there are', () => {
    const many = Array.from({ length: 50 }, (_, index) => update(`pod-with-a-long-name-${index}`, 'Running', 0));
    const lines = screenLines(after(many), { ...plain, columns: 20, rows: 8 });
    expect(lines).toHaveLength(8);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(20);
    expect(lines.at(-2)).toContain('and 46 more');
  });
});
