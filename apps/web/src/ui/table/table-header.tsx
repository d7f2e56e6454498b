import { ArrowDown, ArrowUp } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useMessages } from '../../messages/language.ts';
import { type HeaderDrag, useHeaderDrag } from './header-drag.ts';
import { nextSort, sortTerms, type TableColumn } from './table-column.ts';
import { stickyAt } from './table-row.tsx';
import type { TableSelection } from './table-selection.ts';

type Direction = 'ascending' | 'descending' | 'none';

interface TableHeaderProps<Item> {
  columns: readonly TableColumn<Item>[];
  total: number;
  sort: string;
  onSort(sort: string): void;
  selection?: TableSelection<Item>;
  onResize?(column: string, width: number): void;
  onMove?(column: string, before: string | null): void;
  /** Whether a last empty cell takes what the columns leave. */
  filled: boolean;
}

export function TableHeader<Item>({ columns, total, sort, onSort, selection, onResize, onMove, filled }: TableHeaderProps<Item>) {
  const drag = useHeaderDrag({ onResize, onMove });
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection !== undefined && <ChoiceHeader selection={selection} total={total} />}
        {columns.map((column, index) => (
          <HeaderCell
            key={column.id}
            column={column}
            sort={sort}
            onSort={onSort}
            place={index === 0 ? `${stickyAt(selection !== undefined)} z-20` : 'z-10'}
            drag={drag}
            resizable={onResize !== undefined}
            // The first column stays where it is: everything else scrolls behind it.
            movable={onMove !== undefined && index > 0}
          />
        ))}
        {filled && <td className="sticky top-0 z-10 h-7 border-b bg-canvas p-0" />}
      </tr>
    </thead>
  );
}

interface HeaderCellProps<Item> {
  column: TableColumn<Item>;
  sort: string;
  onSort(sort: string): void;
  place: string;
  drag: HeaderDrag;
  resizable: boolean;
  movable: boolean;
}

function HeaderCell<Item>({ column, sort, onSort, place, drag, resizable, movable }: HeaderCellProps<Item>) {
  const terms = sortTerms(sort);
  const rank = terms.findIndex(({ id }) => id === column.id);
  const term = terms[rank];
  const direction: Direction = term === undefined ? 'none' : term.descending ? 'descending' : 'ascending';
  const right = column.align === 'right';
  return (
    <th
      scope="col"
      data-column={column.id}
      aria-sort={column.sortable ? direction : undefined}
      onPointerDown={movable ? (event) => drag.startMove(event, column.id) : undefined}
      className={`sticky top-0 h-7 border-b bg-canvas p-0 font-normal text-soft text-xs ${place} ${right ? 'text-right' : 'text-left'} ${drag.classesOf(column.id)}`}
    >
      {column.sortable ? (
        <SortButton
          label={column.label}
          right={right}
          direction={direction}
          rank={terms.length > 1 ? rank + 1 : 0}
          onClick={(event) => drag.wasDragged() || onSort(nextSort(sort, column, event.shiftKey))}
        />
      ) : (
        <span className="block truncate px-3">{column.label}</span>
      )}
      {resizable && <ResizeHandle column={column.id} drag={drag} />}
    </th>
  );
}

/** For the pointer alone; the keys change widths where columns are chosen. */
function ResizeHandle({ column, drag }: { column: string; drag: HeaderDrag }) {
  return (
    <span
      aria-hidden="true"
      data-resize={column}
      onPointerDown={(event) => drag.startResize(event, column)}
      className="absolute inset-y-0 right-0 w-2 cursor-col-resize touch-none border-transparent border-r-2 hover:border-line-strong"
    />
  );
}

function ChoiceHeader<Item>({ selection, total }: { selection: TableSelection<Item>; total: number }) {
  const messages = useMessages().table;
  const some = selection.size > 0 && !selection.all;
  return (
    <th scope="col" className="sticky top-0 left-0 z-20 h-7 border-b bg-canvas p-0 text-center">
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={selection.all ? messages.clearSelection : messages.selectAll(total)}
        title={selection.all ? messages.clearSelection : messages.selectAll(total)}
        checked={selection.all}
        ref={(input) => {
          if (input !== null) input.indeterminate = some;
        }}
        onMouseDown={(event) => event.preventDefault()}
        onChange={() => (selection.all ? selection.clear() : selection.selectAll())}
        className="size-3.5 align-middle accent-accent-fill"
      />
    </th>
  );
}

interface SortButtonProps {
  label: string;
  right: boolean;
  direction: Direction;
  /** Its place among several columns, from 1; 0 where it is alone or none. */
  rank: number;
  onClick(event: MouseEvent): void;
}

function SortButton({ label, right, direction, rank, onClick }: SortButtonProps) {
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
      {rank > 0 && <span className="text-soft">{rank}</span>}
    </button>
  );
}
