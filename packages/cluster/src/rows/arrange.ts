import type { Cell } from '@quarterdeck/contract';
import type { LiveRow, SortKey } from './live-row.ts';

export interface Arrangement {
  /** What rows have in common: those with the same cell have the same key. */
  cell(row: LiveRow): Cell;
  key(row: LiveRow): SortKey;
  descending: boolean;
}

/**
 * A stable sort that orders each cell that occurs once, and not each row: thirty thousand pods have five statuses. The
 * rows are then dealt out by the rank of their cell (a counting sort), in time linear in their number. Rows without a
 * value come last in both directions; numbers before texts.
 */
export function arrange(rows: readonly LiveRow[], { cell, key, descending }: Arrangement): LiveRow[] {
  const numbers = new Map<Cell, number>();
  const keys: SortKey[] = [];
  const numberOf = new Uint32Array(rows.length);
  rows.forEach((row, index) => {
    const value = cell(row);
    const known = numbers.get(value);
    const number = known ?? keys.push(key(row)) - 1;
    if (known === undefined) numbers.set(value, number);
    numberOf[index] = number;
  });
  return deal(rows, numberOf, ranksOf(keys, descending));
}

/** Of each key its rank among the keys; equal ones have the same. Sorting plain numbers and texts needs no function of ours, which makes it fast. */
function ranksOf(keys: readonly SortKey[], descending: boolean): Uint32Array {
  const unique = [...new Set(keys)];
  const numbers = Float64Array.from(unique.filter((key) => typeof key === 'number')).sort();
  const texts = unique.filter((key) => typeof key === 'string').sort();
  const ascending: SortKey[] = [...numbers, ...texts];
  const order = descending ? ascending.reverse() : ascending;
  const ranks = new Map(order.map((key, rank) => [key, rank]));
  return Uint32Array.from(keys, (key) => ranks.get(key) ?? order.length);
}

function deal(rows: readonly LiveRow[], numberOf: Uint32Array, ranks: Uint32Array): LiveRow[] {
  const places = new Uint32Array(ranks.length + 2);
  const rankAt = (index: number) => ranks[numberOf[index] ?? 0] ?? 0;
  for (let index = 0; index < rows.length; index += 1) add(places, rankAt(index) + 1, 1);
  for (let rank = 1; rank < places.length; rank += 1) add(places, rank, places[rank - 1] ?? 0);
  const dealt = [...rows];
  rows.forEach((row, index) => {
    const rank = rankAt(index);
    dealt[places[rank] ?? 0] = row;
    add(places, rank, 1);
  });
  return dealt;
}

function add(places: Uint32Array, at: number, more: number): void {
  places[at] = (places[at] ?? 0) + more;
}
