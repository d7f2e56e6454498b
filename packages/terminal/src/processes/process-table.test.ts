import { describe, expect, it } from 'vitest';
import { type ProcessRow, parseStat } from './process-table.ts';
import { treeOf } from './process-tree.ts';

describe('processes', () => {
  it('are read from the kernel, whatever they call themselves', () => {
    const line = '42 (a) b (c)) S 1 42 41 34816 99 4194560 100 0 0 0 250 50 0 0 20 0 1 0 9000 1000 3 18446744073709551615';
    expect(parseStat(line)).toEqual({
      pid: 42,
      name: 'a) b (c)',
      state: 'S',
      parent: 1,
      group: 42,
      session: 41,
      foregroundGroup: 99,
      cpuTicks: 300,
      startTicks: 9000,
      memory: 12_288,
    });
    expect(parseStat('nonsense')).toBeNull();
    expect(parseStat('42 (cut')).toBeNull();
  });

  it('stand under who started them, parents first', () => {
    const row = (pid: number, parent: number): ProcessRow => ({
      pid,
      parent,
      name: '',
      state: 'S',
      group: pid,
      session: 1,
      foregroundGroup: -1,
      cpuTicks: 0,
      startTicks: 0,
      memory: 0,
    });
    const rows = [row(5, 3), row(3, 2), row(2, 1), row(9, 1), row(4, 2)];
    expect(treeOf(2, rows).map(({ pid }) => pid)).toEqual([2, 3, 4, 5]);
    expect(treeOf(77, rows)).toEqual([]);
  });
});
