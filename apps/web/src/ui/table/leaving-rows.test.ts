import { expect, it } from 'vitest';
import { holdOrder, type ListedRows } from './hold-order.ts';
import { rowsThatLeft, withLeaving } from './leaving-rows.ts';

function list(keys: string, generation = 1, total = keys.length): ListedRows<string> {
  const order = [...keys];
  return { order, rows: new Map(order.map((key) => [key, key.toUpperCase()])), offset: 0, total, generation };
}

it('shows rows that left a little longer, where they stood', () => {
  const left = rowsThatLeft(list('abcde'), list('axe'));
  const shown = withLeaving(holdOrder(null, list('axe')), left);
  expect(shown).toMatchObject({ order: ['a', 'b', 'c', 'd', 'x', 'e'], total: 6 });
  expect([...shown.leaving].join('')).toBe('bcd');
  expect(shown.rows.get('c')).toBe('C');
});

it('lets a row that came back be the one that came back', () => {
  const left = rowsThatLeft(list('ab'), list('a'));
  expect(withLeaving(holdOrder(null, list('ab')), left).leaving.size).toBe(0);
});

it('says of no row that it left where it may only have moved, or where another list was asked for', () => {
  expect(rowsThatLeft(list('ab', 1, 400), list('bc', 1, 400))).toEqual([]);
  expect(rowsThatLeft(list('ab', 1), list('b', 2))).toEqual([]);
  expect(rowsThatLeft(list('abcdefghijklmnopqrstuvw'), list('a'))).toEqual([]);
});
