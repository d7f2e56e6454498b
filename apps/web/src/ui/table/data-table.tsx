import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactElement, type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';
import { useMessages } from '../../messages/language.ts';
import { useRowHeight } from '../../preferences/preferences.ts';
import type { TableColumn } from './table-column.ts';
import { TableHeader } from './table-header.tsx';
import { type RowDetails, TableRow } from './table-row.tsx';
import type { TableSelection } from './table-selection.ts';
import { type RowCursor, useRowCursor } from './use-row-cursor.ts';
import { useRowMenu } from './use-row-menu.ts';
import { useRowPointer } from './use-row-pointer.ts';
import { useSelecting } from './use-selecting.ts';

export type { RowDetails };

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
  /** The row that the keys are about, when it is another one or became another. */
  onCursor?(item: Item | undefined): void;
  rowHeight?: number;
  details?(item: Item): RowDetails;
  /** For a tree: arrow left (false) and right (true). */
  onExpand?(item: Item, expanded: boolean): void;
  /** Rows can be chosen. */
  selection?: TableSelection<Item>;
  /** What a right click on a row opens: one for all rows. `onMenu` says first which row it was. */
  menu?: { around(body: ReactElement): ReactNode; onMenu(item: Item): void };
  /** Columns can be made wider and narrower. */
  onResize?(column: string, width: number): void;
  /** Columns can be put elsewhere: in front of another, or last (null). */
  onMove?(column: string, before: string | null): void;
  /** Shown under the header instead of rows. */
  instead?: ReactNode;
}

/** The one table: virtual rows, sticky header and first column, sort by click, j k and Enter; rows to choose and a menu where asked for. */
export function DataTable<Item>(props: DataTableProps<Item>) {
  const { columns, total, itemAt, selection } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const { rows, rowHeight, before, after, page, scrollTo } = useVirtualRows(props, scroller);
  const cursor = useRowCursor(props, scrollTo, page);
  const selecting = useSelecting(props, selection, cursor);
  const pointer = useRowPointer(props, cursor, selecting);
  const onContextMenu = useRowMenu(props, scroller, cursor);
  useCursorItem(props, cursor);
  const filled = !columns.some((column) => column.grow);
  const body = (
    <div ref={scroller} className="absolute inset-0 overflow-auto">
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role below is a grid's in either case. */}
      <table
        role={props.onExpand === undefined ? 'grid' : 'treegrid'}
        aria-label={props.label}
        aria-rowcount={total + 1}
        aria-busy={rows[0] !== undefined && itemAt(rows[0].index) === undefined}
        aria-multiselectable={selection === undefined ? undefined : true}
        aria-activedescendant={cursor.index < 0 ? undefined : `${id}-${cursor.index}`}
        tabIndex={0}
        className="w-full table-fixed border-separate border-spacing-0 focus-visible:-outline-offset-2"
        style={{ minWidth: columns.reduce((sum, column) => sum + column.width, selection === undefined ? 0 : 32) }}
      >
        <Widths columns={columns} selecting={selection !== undefined} filled={filled} />
        <TableHeader {...props} filled={filled} />
        {before > 0 && <Spacer height={before} />}
        <tbody {...pointer}>
          {rows.map(({ index }) => (
            <TableLine key={rowKey(props, index)} id={`${id}-${index}`} index={index} height={rowHeight} filled={filled} table={props} cursor={cursor} />
          ))}
        </tbody>
        {after > 0 && <Spacer height={after} />}
      </table>
      {total === 0 && <div className="sticky left-0">{props.instead}</div>}
      {selection !== undefined && selection.size > 0 && total > 0 && <div className="h-16" />}
    </div>
  );
  return (
    <div className="relative min-h-0 grow" onContextMenuCapture={onContextMenu}>
      {props.menu === undefined ? body : props.menu.around(body)}
    </div>
  );
}

/** The rows on screen and some around them, with the room that the others take. */
function useVirtualRows<Item>({ total, rowHeight: asked, selection, onVisible }: DataTableProps<Item>, scroller: RefObject<HTMLElement | null>) {
  const chosenHeight = useRowHeight();
  const rowHeight = asked ?? chosenHeight;
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: rowHeight,
    // The bar of a selection lies over the last rows.
    scrollPaddingEnd: selection !== undefined && selection.size > 0 ? 64 : 0,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it has measured is of the height before.
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const rows = virtualizer.getVirtualItems();
  const first = rows.at(0)?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => onVisible?.(first, last), [onVisible, first, last]);
  return {
    rows,
    rowHeight,
    before: rows.at(0)?.start ?? 0,
    after: virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0),
    page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
    scrollTo: (index: number) => virtualizer.scrollToIndex(index),
  };
}

/** Tells which row the keys are about. */
function useCursorItem<Item>({ itemAt, onCursor }: DataTableProps<Item>, cursor: RowCursor): void {
  const item = cursor.index < 0 ? undefined : itemAt(cursor.index);
  useEffect(() => onCursor?.(item), [onCursor, item]);
}

function Widths<Item>({ columns, selecting, filled }: { columns: readonly TableColumn<Item>[]; selecting: boolean; filled: boolean }) {
  return (
    <colgroup>
      {selecting && <col style={{ width: 32 }} />}
      {columns.map((column) => (
        <col key={column.id} style={column.grow ? undefined : { width: column.width }} />
      ))}
      {filled && <col />}
    </colgroup>
  );
}

/** By the item where it is known, so that a row keeps its cells when it moves. */
function rowKey<Item>({ itemAt, keyOf }: DataTableProps<Item>, index: number): string {
  const item = itemAt(index);
  return item === undefined ? `row ${index}` : keyOf(item);
}

interface TableLineProps<Item> {
  id: string;
  index: number;
  height: number;
  filled: boolean;
  table: DataTableProps<Item>;
  cursor: RowCursor;
}

const noDetails: RowDetails = {};

/** Reads of the table what one row needs. */
function TableLine<Item>({ table, cursor, ...place }: TableLineProps<Item>) {
  const messages = useMessages().table;
  const { columns, selection } = table;
  const item = table.itemAt(place.index);
  const key = item === undefined ? null : table.keyOf(item);
  return (
    <TableRow
      {...place}
      item={item}
      columns={columns}
      active={key !== null && key === cursor.key}
      open={key !== null && key === table.openKey}
      details={item === undefined ? noDetails : (table.details?.(item) ?? noDetails)}
      choice={
        selection === undefined
          ? null
          : {
              label: item === undefined ? '' : messages.select(selection.nameOf(item)),
              chosen: key !== null && selection.has(key),
              any: selection.size > 0,
            }
      }
    />
  );
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
