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

/** The sort after a click on a header: `name`, `-name`, and back to the list's own order. */
export function nextSort(sort: string, column: Pick<TableColumn<never>, 'id' | 'descendingFirst'>): string {
  const first = column.descendingFirst ? `-${column.id}` : column.id;
  const second = column.descendingFirst ? column.id : `-${column.id}`;
  if (sort === first) return second;
  return sort === second ? '' : first;
}
