import { expect, it } from 'vitest';
import { nextSort } from './table-column.ts';

const name = { id: 'name' };
const restarts = { id: 'restarts', descendingFirst: true };

it('sorts one way, the other, and then as the list does by itself; numbers from the greatest down', () => {
  expect([nextSort('', name), nextSort('name', name), nextSort('-name', name)]).toEqual(['name', '-name', '']);
  expect([nextSort('name', restarts), nextSort('-restarts', restarts), nextSort('restarts', restarts)]).toEqual(['-restarts', 'restarts', '']);
});

it('adds a column to those before, turns it in its place, and takes it out', () => {
  expect(nextSort('name', restarts, true)).toBe('name,-restarts');
  expect(nextSort('-restarts,name', restarts, true)).toBe('restarts,name');
  expect(nextSort('restarts,name', restarts, true)).toBe('name');
  expect(nextSort('restarts,name', restarts)).toBe('-restarts');
});
