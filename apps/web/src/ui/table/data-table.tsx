import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { TableCell } from './table-cell.tsx';
import type { TableColumn } from './table-column.ts';
import { TableHeader } from './table-header.tsx';
import { type RowCursor, useRowCursor } from './use-row-cursor.ts';

export interface RowDetails {
  level?: number;
  expanded?: boolean | undefined;
  /** The row is only kept because the order holds still. */
  gone?: boolean;
  /** Stands across all columns instead of the cells. */
  heading?: ReactNode;
}

export interface DataTableProps<Item> {
  label: string;
  columns: readonly TableColumn<Item>[];
  total: number;
  /** Undefined where the row has not arrived yet. */
  itemAt(index: number): Item | undefined;
  keyOf(item: Item): string;
  sort: string;
  onSort(sort: string): void;
  onOpen(item: Item): void;
  /** The key of the row whose detail is open. */
  openKey?: string | undefined;
  /** First and last row on screen, when they change. */
  onVisible?(first: number, last: number): void;
  /** Whether the pointer is over the rows. */
  onPointer?(inside: boolean): void;
  rowHeight?: number;
  details?(item: Item): RowDetails;
  /** For a tree: arrow left (false) and right (true). */
  onExpand?(item: Item, expanded: boolean): void;
  /** Shown under the header instead of rows. */
  instead?: ReactNode;
}

/** The one table: virtual rows, sticky header and first column, sort by click, j k and Enter. */
export function DataTable<Item>(props: DataTableProps<Item>) {
  const { columns, total, itemAt, onVisible, rowHeight = 28 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: rowHeight,
  });
  const rows = virtualizer.getVirtualItems();
  const cursor = useRowCursor(
    props,
    (index) => virtualizer.scrollToIndex(index),
    Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
  );
  const first = rows.at(0)?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => onVisible?.(first, last), [onVisible, first, last]);
  const minWidth = columns.reduce((sum, column) => sum + column.width, 0);
  const before = rows.at(0)?.start ?? 0;
  const after = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0);
  return (
    <div ref={scroller} className="relative min-h-0 grow overflow-auto">
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role below is a grid's in either case. */}
      <table
        role={props.onExpand === undefined ? 'grid' : 'treegrid'}
        aria-label={props.label}
        aria-rowcount={total + 1}
        aria-busy={rows.length > 0 && itemAt(first) === undefined}
        aria-activedescendant={cursor.index < 0 ? undefined : `${id}-${cursor.index}`}
        tabIndex={0}
        className="w-full table-fixed border-separate border-spacing-0 focus-visible:-outline-offset-2"
        style={{ minWidth }}
      >
        <Widths columns={columns} />
        <TableHeader columns={columns} sort={props.sort} onSort={props.onSort} />
        {before > 0 && <Spacer height={before} />}
        <tbody onPointerEnter={() => props.onPointer?.(true)} onPointerLeave={() => props.onPointer?.(false)}>
          {rows.map(({ index }) => (
            <TableRow key={rowKey(props, index)} id={`${id}-${index}`} index={index} height={rowHeight} table={props} cursor={cursor} />
          ))}
        </tbody>
        {after > 0 && <Spacer height={after} />}
      </table>
      {total === 0 && <div className="sticky left-0">{props.instead}</div>}
    </div>
  );
}

const noDetails: RowDetails = {};

function Widths<Item>({ columns }: { columns: readonly TableColumn<Item>[] }) {
  return (
    <colgroup>
      {columns.map((column) => (
        <col key={column.id} style={column.grow ? undefined : { width: column.width }} />
      ))}
    </colgroup>
  );
}

/** By the item where it is known, so that a row keeps its cells when it moves. */
function rowKey<Item>({ itemAt, keyOf }: DataTableProps<Item>, index: number): string {
  const item = itemAt(index);
  return item === undefined ? `row ${index}` : keyOf(item);
}

interface TableRowProps<Item> {
  id: string;
  index: number;
  height: number;
  table: DataTableProps<Item>;
  cursor: RowCursor;
}

function TableRow<Item>({ id, index, height, table, cursor }: TableRowProps<Item>) {
  const { columns, onOpen } = table;
  const item = table.itemAt(index);
  if (item === undefined) return <SkeletonRow columns={columns} height={height} index={index} />;
  const key = table.keyOf(item);
  const activate = () => cursor.activate(key);
  const details = table.details?.(item) ?? noDetails;
  const state = { active: key === cursor.key, open: key === table.openKey };
  return <ItemRow id={id} index={index} item={item} columns={columns} height={height} {...state} details={details} onOpen={onOpen} onActivate={activate} />;
}

function Spacer({ height }: { height: number }) {
  return (
    <tbody aria-hidden="true">
      <tr>
        <td style={{ height, padding: 0 }} />
      </tr>
    </tbody>
  );
}

interface ItemRowProps<Item> {
  id: string;
  index: number;
  item: Item;
  columns: readonly TableColumn<Item>[];
  height: number;
  active: boolean;
  open: boolean;
  details: RowDetails;
  onOpen(item: Item): void;
  onActivate(): void;
}

function ItemRow<Item>({ id, index, item, columns, height, active, open, details, onOpen, onActivate }: ItemRowProps<Item>) {
  const background = open ? 'bg-selected' : active ? 'bg-hover' : 'bg-canvas hover:bg-hover group-hover:bg-hover';
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-selected={open}
      aria-level={details.level}
      aria-expanded={details.expanded}
      className={`group cursor-default ${background} ${details.gone ? 'opacity-55 [&_*]:line-through' : ''}`}
      style={{ height }}
      onClick={(event) => {
        onActivate();
        if (!(event.target instanceof Element && event.target.closest('a, button'))) onOpen(item);
      }}
    >
      {details.heading !== undefined && (
        <td colSpan={columns.length} className="border-line/60 border-b px-3 py-0">
          {details.heading}
        </td>
      )}
      {(details.heading === undefined ? columns : []).map((column, position) => (
        <TableCell key={column.id} align={column.align} first={position === 0} background={background} watched={column.value?.(item)}>
          {position === 0 && active && <span aria-hidden="true" className="absolute inset-y-0 left-0 w-0.5 bg-accent" />}
          {column.render(item)}
        </TableCell>
      ))}
    </tr>
  );
}

function SkeletonRow<Item>({ columns, height, index }: { columns: readonly TableColumn<Item>[]; height: number; index: number }) {
  return (
    <tr style={{ height }}>
      {columns.map((column, position) => (
        <td key={column.id} className="border-line/60 border-b px-3 py-0">
          <div className="skeleton h-2.5" style={{ width: `${45 + ((index * 7 + position * 13) % 40)}%` }} />
        </td>
      ))}
    </tr>
  );
}
