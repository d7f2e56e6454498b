import type { Cell, Column, Row } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { Age } from '../../ui/time.tsx';
import { objectKey } from '../objects/object-key.ts';
import { chosenColumns } from './column-layout.ts';

const characterWidth = 7.6;
const padding = 28;
/** The mark in front of a status and the gap behind it. */
const markWidth = 18;
/** How many rows decide the widths: enough to be typical, few enough to be quick. */
const sampleSize = 200;

const limits: Record<Column['type'], { least: number; most: number }> = {
  name: { least: 200, most: 420 },
  status: { least: 112, most: 264 },
  text: { least: 64, most: 260 },
  number: { least: 64, most: 140 },
  quantity: { least: 64, most: 140 },
  time: { least: 64, most: 96 },
};

const onTheRight: ReadonlySet<Column['type']> = new Set(['number', 'quantity', 'time']);

interface DrawnColumns {
  /** In the order of the cells. */
  columns: readonly Column[];
  /** Those that are shown, in order. */
  ids: readonly string[];
  /** What the widths are measured by. */
  rows: Iterable<Row>;
  /** Those that somebody chose. */
  widths: Readonly<Record<string, number>>;
  narrow: boolean;
}

/** The server's columns as the table draws them; widths fit what the first rows hold. */
export function resourceColumns({ columns, ids, rows, widths, narrow }: DrawnColumns): TableColumn<Row>[] {
  const sample = [...rows].slice(0, sampleSize);
  const shown = chosenColumns(columns, ids);
  const growing = shown.find((column) => column.id === 'message') ?? shown.find((column) => column.type === 'name');
  if (narrow) shown.sort((a, b) => rank(a) - rank(b));
  return shown.map((column) => {
    const index = columns.indexOf(column);
    const cellOf = (row: Row): Cell => row.cells[index] ?? null;
    return {
      id: column.id,
      label: column.label,
      align: onTheRight.has(column.type) ? 'right' : 'left',
      width: widths[column.id] ?? fixedWidth(column, narrow) ?? widthOf(column, sample.map(cellOf)),
      grow: column === growing && !narrow && widths[column.id] === undefined,
      sortable: true,
      descendingFirst: column.type === 'number' || column.type === 'quantity',
      render: (row) => <ResourceCell column={column} row={row} cell={cellOf(row)} />,
      value: cellOf,
    };
  });
}

/** Sentences get the room to be read; on a narrow screen the name leaves room for a second column. */
function fixedWidth(column: Column, narrow: boolean): number | null {
  if (column.id === 'message') return narrow ? 280 : 460;
  return narrow && column.type === 'name' ? 176 : null;
}

/** Where there is room for two columns, they are the name and the state. */
function rank(column: Column): number {
  if (column.type === 'name') return 0;
  return column.type === 'status' ? 1 : 2;
}

function widthOf(column: Column, cells: readonly Cell[]): number {
  const { least, most } = limits[column.type];
  const longest = column.type === 'time' ? 6 : Math.max(0, ...cells.map((cell) => (cell === null ? 1 : String(cell).length)));
  const content = longest * characterWidth + padding + (column.type === 'status' ? markWidth : 0);
  const label = column.label.length * characterWidth + padding + 12;
  return Math.round(Math.min(most, Math.max(least, content, label)));
}

function ResourceCell({ column, row, cell }: { column: Column; row: Row; cell: Cell }) {
  if (column.type === 'name') {
    return (
      <Link to="." search={(before) => ({ ...before, open: objectKey(row.object) })} tabIndex={-1} className="block min-w-0 font-medium hover:underline">
        <Middle text={String(cell ?? row.object.name)} />
      </Link>
    );
  }
  if (column.type === 'status') return <StatusMark state={row.state} text={String(cell ?? '')} />;
  if (cell === null || cell === '') return <span className="text-soft">–</span>;
  if (column.type === 'time') return <Age at={String(cell)} />;
  return (
    <span className="block truncate" title={String(cell)}>
      {cell}
    </span>
  );
}
