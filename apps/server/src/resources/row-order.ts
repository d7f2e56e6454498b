import { AppError, type Cell, type Column, type Row } from '@quarterdeck/contract';

export type RowOrder = (a: Row, b: Row) => number;

/** Numbers inside names count as numbers: web-2 comes before web-10. */
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** `name` or `-name`; equal rows and rows without a value (always last) go by namespace and name. Throws VALIDATION_ERROR for a column that is not there. */
export function parseRowOrder(sort: string, columns: readonly Column[]): RowOrder {
  const descending = sort.startsWith('-');
  const id = descending ? sort.slice(1) : sort;
  const index = columns.findIndex((column) => column.id === id);
  if (index < 0) {
    const known = columns.map((column) => column.id).join(', ');
    throw new AppError('VALIDATION_ERROR', `There is no column "${id}" to sort by.`, { hint: `Columns: ${known}.`, details: { columns: known } });
  }
  return (a, b) => compareCells(a.cells[index] ?? null, b.cells[index] ?? null, descending) || byName(a, b);
}

function compareCells(a: Cell, b: Cell, descending: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
  return descending ? -order : order;
}

function byName(a: Row, b: Row): number {
  const order = collator.compare(a.object.namespace ?? '', b.object.namespace ?? '') || collator.compare(a.object.name, b.object.name);
  return order === 0 ? (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0) : order;
}
