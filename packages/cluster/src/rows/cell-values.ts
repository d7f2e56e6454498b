import type { CellValues, Column } from '@quarterdeck/contract';
import { AppError } from '@quarterdeck/contract';
import { labelOfColumn } from './label-columns.ts';
import type { LiveRow } from './live-row.ts';

export interface ValuesRequest {
  /** A column id, `label:app` for the values of a label, `labels` for the labels that there are. */
  of: string;
  /** What the values begin with or hold, in whatever case. */
  search: string;
  limit: number;
}

/** What rows have in a column, the most frequent first; those that begin with the words before those that hold it. Throws VALIDATION_ERROR for a column that is not there. */
export function cellValues(rows: readonly LiveRow[], columns: readonly Column[], { of, search, limit }: ValuesRequest): CellValues {
  const read = readerOf(of, columns);
  const wanted = search.toLowerCase();
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of read(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const begins = (value: string) => value.toLowerCase().startsWith(wanted);
  const found = [...counts].filter(([value]) => value.toLowerCase().includes(wanted));
  found.sort(([a, timesA], [b, timesB]) => Number(begins(b)) - Number(begins(a)) || timesB - timesA || (a < b ? -1 : 1));
  return { values: found.slice(0, limit).map(([value, count]) => ({ value, count })), more: found.length > limit };
}

function readerOf(of: string, columns: readonly Column[]): (row: LiveRow) => string[] {
  if (of === 'labels') return ({ labels = {} }) => Object.keys(labels);
  const label = labelOfColumn(of);
  if (label !== null) return (row) => present(row.label(label));
  const index = columns.findIndex(({ id }) => id === of);
  if (index < 0) throw new AppError('VALIDATION_ERROR', `There is no column "${of}".`, { hint: `Columns: ${columns.map(({ id }) => id).join(', ')}.` });
  return (row) => present(row.row.cells[index] ?? null);
}

function present(value: string | number | null): string[] {
  return value === null || value === '' ? [] : [String(value)];
}
