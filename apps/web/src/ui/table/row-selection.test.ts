import { describe, expect, it } from 'vitest';
import { anchored, chosen, emptySelection, type RowSelection, ranged, refreshed, toggled, without } from './row-selection.ts';

const keys = (selection: RowSelection<number>) => [...selection.items.keys()].join('');
const range = (text: string): [string, number][] => [...text].map((key) => [key, 1]);

describe('a selection of rows', () => {
  it('gives rows free again when a range is drawn back, but none that were chosen before it', () => {
    const before = toggled(toggled(emptySelection<number>(), 'a', 1), 'f', 1);
    const wide = ranged(anchored(before), range('cdef'));
    expect(keys(wide)).toBe('afcde');
    expect(keys(ranged(wide, range('cd')))).toBe('afcd');
    expect(keys(ranged(anchored(wide), range('x')))).toBe('afcdex');
  });

  it('takes a row out of a range, and starts the next one from there', () => {
    const selection = toggled(ranged(emptySelection<number>(), range('abc')), 'b', 1);
    expect(keys(selection)).toBe('ac');
    expect(keys(ranged(selection, range('d')))).toBe('acd');
  });

  it('follows what its rows become, and is the same where nothing changed', () => {
    const selection = chosen(range('ab'));
    const after = refreshed(selection, new Map([...range('bz'), ['a', 2] as const]));
    expect([...after.items]).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(refreshed(after, after.items)).toBe(after);
  });

  it('lets go of what is gone', () => {
    const selection = ranged(anchored(chosen(range('ab'))), range('c'));
    expect(keys(ranged(without(selection, new Set(['a', 'c'])), range('d')))).toBe('bd');
  });
});
