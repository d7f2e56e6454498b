import { AppError, type Column } from '@quarterdeck/contract';
import { type Arrangement, arrange } from './arrange.ts';
import { labelOfColumn } from './label-columns.ts';
import { type LiveRow, labelKey, nameKey, namespaceKey, type SortKey } from './live-row.ts';

/** A total order of rows: no two are equal, so that each row has one place. */
export interface RowOrder {
  compare(a: LiveRow, b: LiveRow): number;
  /** Puts rows that stand by namespace and name (see `byName`) into this order. */
  arrange(rows: readonly LiveRow[]): LiveRow[];
}

/**
 * `name`, `-name`, or several with commas between, of which the first decides first; `label:app` for a label. Rows
 * without a value come last in both directions; equal rows go by namespace and name. Numbers in texts count as numbers.
 * Throws VALIDATION_ERROR for a column that is not there.
 */
export function parseRowOrder(sort: string, columns: readonly Column[]): RowOrder {
  const terms = sort.split(',').map((term) => readTerm(term, columns));
  const compareTerms = (a: LiveRow, b: LiveRow) => {
    for (const { key, descending } of terms) {
      const difference = compareKeys(key(a), key(b), descending);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return {
    compare: (a, b) => compareTerms(a, b) || compareNames(a, b),
    // What equal rows go by is put into order first: each pass keeps the order of those before.
    arrange: (rows) => terms.reduceRight((arranged, term) => arrange(arranged, term), [...rows]),
  };
}

function readTerm(term: string, columns: readonly Column[]): Arrangement {
  const descending = term.startsWith('-');
  const id = descending ? term.slice(1) : term;
  const label = labelOfColumn(id);
  if (label !== null) return { cell: (row) => row.label(label), key: (row) => labelKey(row, label), descending };
  const index = columns.findIndex((column) => column.id === id);
  const column = columns[index];
  if (column === undefined) {
    const known = columns.map((each) => each.id).join(', ');
    throw new AppError('VALIDATION_ERROR', `There is no column "${id}" to sort by.`, { hint: `Columns: ${known}.`, details: { columns: known } });
  }
  const { type } = column;
  const place = type === 'name' ? nameKey : index;
  return { cell: (row) => row.cellAt(place), key: (row) => row.sortKey(place, type), descending };
}

const ascending = (a: SortKey, b: SortKey) => compareKeys(a, b, false);

/** Rows in whatever order, by namespace and name: what equal rows of every order go by. */
export function byName(rows: readonly LiveRow[]): LiveRow[] {
  const key = (place: number) => ({ cell: (row: LiveRow) => row.cellAt(place), key: (row: LiveRow) => row.sortKey(place, 'text'), descending: false });
  const sorted = arrange(arrange(rows, key(nameKey)), key(namespaceKey));
  const hasEqual = sorted.some((row, index) => index > 0 && isSameName(row, sorted[index - 1]));
  return hasEqual ? sorted.sort(compareNames) : sorted;
}

function isSameName(a: LiveRow, b: LiveRow | undefined): boolean {
  return b !== undefined && a.sortKey(nameKey, 'text') === b.sortKey(nameKey, 'text') && a.sortKey(namespaceKey, 'text') === b.sortKey(namespaceKey, 'text');
}

function compareNames(a: LiveRow, b: LiveRow): number {
  return (
    ascending(a.sortKey(namespaceKey, 'text'), b.sortKey(namespaceKey, 'text')) ||
    ascending(a.sortKey(nameKey, 'text'), b.sortKey(nameKey, 'text')) ||
    ascending(a.row.uid, b.row.uid)
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
