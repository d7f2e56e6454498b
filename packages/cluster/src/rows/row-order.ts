import { AppError, type Column } from '@quarterdeck/contract';
import { type LiveRow, nameKey, namespaceKey, type SortKey } from './live-row.ts';

/** A total order of rows: no two are equal, so that each row has one place. */
export type RowOrder = (a: LiveRow, b: LiveRow) => number;

/**
 * `name` or `-name`. Rows without a value come last in both directions; equal rows go by namespace and name. Numbers in
 * texts count as numbers. Throws VALIDATION_ERROR for a column that is not there.
 */
export function parseRowOrder(sort: string, columns: readonly Column[]): RowOrder {
  const descending = sort.startsWith('-');
  const id = descending ? sort.slice(1) : sort;
  const index = columns.findIndex((column) => column.id === id);
  const column = columns[index];
  if (column === undefined) {
    const known = columns.map((each) => each.id).join(', ');
    throw new AppError('VALIDATION_ERROR', `There is no column "${id}" to sort by.`, { hint: `Columns: ${known}.`, details: { columns: known } });
  }
  const { type } = column;
  const place = type === 'name' ? nameKey : index;
  return (a, b) => compareKeys(a.sortKey(place, type), b.sortKey(place, type), descending) || compareNames(a, b);
}

function compareNames(a: LiveRow, b: LiveRow): number {
  return (
    compareKeys(a.sortKey(namespaceKey, 'text'), b.sortKey(namespaceKey, 'text'), false) ||
    compareKeys(a.sortKey(nameKey, 'text'), b.sortKey(nameKey, 'text'), false) ||
    compareKeys(a.row.uid, b.row.uid, false)
  );
}

/** Rows without a value come last in both directions; numbers before texts. */
function compareKeys(a: SortKey, b: SortKey, descending: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const before = typeof a === typeof b ? a < b : typeof a === 'number';
  return before === descending ? 1 : -1;
}
