import type { ReactNode } from 'react';

export interface TableColumn<Item> {
  id: string;
  label: string;
  align: 'left' | 'right';
  /** Pixels. A column that grows takes what is left over and is never narrower than this. */
  width: number;
  grow?: boolean;
  sortable: boolean;
  /** Whether the first click sorts from the greatest down: for numbers and times. */
  descendingFirst?: boolean;
  render(item: Item): ReactNode;
  /** What is watched for changes, to tint the cell; undefined where changes are not worth a tint. */
  value?(item: Item): string | number | null;
}

interface SortTerm {
  id: string;
  descending: boolean;
}

/** `-restarts,name` as its terms, the first of which decides first. */
export function sortTerms(sort: string): SortTerm[] {
  return sort
    .split(',')
    .filter((term) => term !== '')
    .map((term) => (term.startsWith('-') ? { id: term.slice(1), descending: true } : { id: term, descending: false }));
}

function printSort(terms: readonly SortTerm[]): string {
  return terms.map(({ id, descending }) => (descending ? `-${id}` : id)).join(',');
}

/**
 * The sort after a click on a header: one way, the other, and back to the list's own order. With `add`, the column
 * joins those that the list is sorted by already.
 */
export function nextSort(sort: string, column: Pick<TableColumn<never>, 'id' | 'descendingFirst'>, add = false): string {
  const terms = sortTerms(sort);
  const before = terms.find(({ id }) => id === column.id);
  const first = column.descendingFirst === true;
  const next = before === undefined || (!add && terms.length > 1) ? first : before.descending === first ? !first : null;
  const term = next === null ? [] : [{ id: column.id, descending: next }];
  if (!add) return printSort(term);
  if (before === undefined) return printSort([...terms, ...term]);
  return printSort(terms.flatMap((each) => (each === before ? term : [each])));
}
