import { type Column, parseFilter, type Row, rowTest, termsOf } from '@quarterdeck/contract';

export interface ListShown {
  filter: string;
  namespaces: readonly string[];
  columns: readonly Column[];
  /** The keys of the whole list, where the tab holds the whole list; else null. */
  all: ReadonlySet<string> | null;
}

/** How many of the rows the list does not show, whatever the scroll position; null where only the server could tell. `now` is epoch milliseconds. */
export function countHidden(rows: ReadonlyMap<string, Row>, { filter, namespaces, columns, all }: ListShown, now: () => number): number | null {
  if (all !== null) return [...rows.keys()].filter((key) => !all.has(key)).length;
  const parsed = parseFilter(filter);
  // Rows do not bring their labels along.
  if (termsOf(parsed).some(({ type }) => type === 'labels')) return null;
  const matches = rowTest(parsed, columns, now);
  const inScope = ({ object }: Row) => namespaces.length === 0 || object.namespace === null || namespaces.includes(object.namespace);
  const isShown = (row: Row) =>
    inScope(row) && matches({ row, labels: undefined, searchText: row.cells.map((cell) => String(cell ?? '').toLowerCase()).join('\n') });
  return [...rows.values()].filter((row) => !isShown(row)).length;
}
