import { ArrowDown, ArrowUp } from 'lucide-react';
import { nextSort, type TableColumn } from './table-column.ts';

type Direction = 'ascending' | 'descending' | 'none';

interface TableHeaderProps<Item> {
  columns: readonly TableColumn<Item>[];
  sort: string;
  onSort(sort: string): void;
}

export function TableHeader<Item>({ columns, sort, onSort }: TableHeaderProps<Item>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column, index) => {
          const direction = directionOf(column.id, sort);
          const side = column.align === 'right' ? 'text-right' : 'text-left';
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={column.sortable ? direction : undefined}
              className={`sticky top-0 h-7 border-b bg-canvas p-0 font-normal text-soft text-xs ${index === 0 ? 'left-0 z-20' : 'z-10'} ${side}`}
            >
              {column.sortable ? (
                <SortButton label={column.label} right={column.align === 'right'} direction={direction} onClick={() => onSort(nextSort(sort, column))} />
              ) : (
                <span className="block truncate px-3">{column.label}</span>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function directionOf(id: string, sort: string): Direction {
  if (sort === id) return 'ascending';
  return sort === `-${id}` ? 'descending' : 'none';
}

function SortButton({ label, right, direction, onClick }: { label: string; right: boolean; direction: Direction; onClick(): void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={onClick}
      className={`flex h-7 w-full items-center gap-1 px-3 hover:text-ink ${right ? 'flex-row-reverse' : ''} ${direction === 'none' ? '' : 'font-medium text-ink'}`}
    >
      <span className="truncate">{label}</span>
      {direction === 'ascending' && <ArrowUp className="size-3 shrink-0" aria-hidden="true" />}
      {direction === 'descending' && <ArrowDown className="size-3 shrink-0" aria-hidden="true" />}
    </button>
  );
}
