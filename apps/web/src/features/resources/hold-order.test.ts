import { describe, expect, it } from 'vitest';
import type { ResourcesState } from '../../live/resources-state.ts';
import { row } from '../../testing/samples.ts';
import { holdOrder } from './hold-order.ts';
import { windowFor } from './window-for.ts';

function list(uids: string[], generation = 1, cell = 1): ResourcesState {
  return { columns: [], rows: new Map(uids.map((uid) => [uid, row(uid, [cell])])), order: uids, offset: 0, total: uids.length, asOf: null, generation };
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
});

describe('windowFor', () => {
  const start = { offset: 0, limit: windowFor.size };

  it('stays while the view lies inside, moves when it comes near an edge, and covers the view after', () => {
    expect(windowFor.rows(start, 0, 100)).toBe(start);
    const moved = windowFor.rows(start, 280, 310);
    expect(moved.offset).toBeGreaterThan(0);
    expect(moved.offset).toBeLessThan(280);
    expect(moved.offset + moved.limit).toBeGreaterThan(310);
    expect(windowFor.rows(moved, 280, 310)).toBe(moved);
    expect(windowFor.rows(moved, 0, 30).offset).toBe(0);
  });
});
