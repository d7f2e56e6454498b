import type { Row } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { row } from '../../testing/samples.ts';
import { holdOrder, type ListedRows } from './hold-order.ts';

function list(uids: string[], generation = 1, cell = 1): ListedRows<Row> {
  return { rows: new Map(uids.map((uid) => [uid, row(uid, [cell])])), order: uids, offset: 0, total: uids.length, generation };
}

describe('holdOrder', () => {
  it('keeps rows in their places, with the cells of now, and counts what waits', () => {
    const held = holdOrder(list(['a', 'b', 'c']), list(['d', 'c', 'a'], 1, 2));
    expect(held.order).toEqual(['a', 'b', 'c']);
    expect(held.rows.get('a')?.cells).toEqual([2]);
    expect(held.rows.get('b')?.cells).toEqual([1]);
    expect([...held.gone]).toEqual(['b']);
    expect(held).toMatchObject({ waiting: 2, total: 3 });
  });

  it('counts rows that only changed places', () => {
    expect(holdOrder(list(['a', 'b', 'c']), list(['b', 'a', 'c'])).waiting).toBe(2);
    expect(holdOrder(list(['a', 'b']), list(['a', 'b'], 1, 9)).waiting).toBe(0);
  });

  it('shows what was asked for: a new snapshot, or nothing held', () => {
    expect(holdOrder(list(['a']), list(['b'], 2)).order).toEqual(['b']);
    expect(holdOrder(null, list(['b']))).toMatchObject({ order: ['b'], waiting: 0 });
  });

  it('never says that there is nothing when there is something', () => {
    expect(holdOrder(list([]), list(['a']))).toMatchObject({ order: ['a'], waiting: 0 });
  });
});
