import { type ReactNode, useMemo } from 'react';
import { TableCell } from './table-cell.tsx';
import type { TableColumn } from './table-column.ts';

export interface RowDetails {
  level?: number;
  expanded?: boolean | undefined;
  /** The row is only kept because the order holds still. */
  gone?: boolean;
  /** It has just gone, and leaves. */
  leaving?: boolean;
  /** Stands across all columns instead of the cells. */
  heading?: ReactNode;
}

export interface TableRowProps<Item> {
  id: string;
  index: number;
  /** Undefined where the row has not arrived yet. */
  item: Item | undefined;
  columns: readonly TableColumn<Item>[];
  height: number;
  active: boolean;
  open: boolean;
  details: RowDetails;
  /** The checkbox's label and state; null in a table whose rows can't be chosen. */
  choice: { label: string; chosen: boolean; any: boolean } | null;
  /** Whether a last empty cell takes what the columns leave. */
  filled: boolean;
}

/** One row. It is drawn anew only when something of its own changed: a window of thirty rows follows a list of thirty thousand. */
export function TableRow<Item>({ details, choice, ...row }: TableRowProps<Item>) {
  const { id, index, item, columns, height, active, open, filled } = row;
  const { level, expanded, gone, leaving, heading } = details;
  const { label, chosen, any } = choice ?? {};
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of the three, each of which is made anew every time.
  return useMemo(
    () =>
      item === undefined ? (
        <SkeletonRow columns={columns} height={height} index={index} selecting={choice !== null} filled={filled} />
      ) : (
        <DrawnRow {...row} item={item} details={details} choice={choice} />
      ),
    [id, index, item, columns, height, active, open, filled, level, expanded, gone, leaving, heading, choice === null, label, chosen, any],
  );
}

function DrawnRow<Item>({ id, index, item, columns, height, active, open, details, choice, filled }: TableRowProps<Item> & { item: Item }) {
  const chosen = choice?.chosen ?? false;
  const background = open || chosen ? 'bg-selected' : active ? 'bg-hover' : 'bg-canvas hover:bg-hover group-hover:bg-hover';
  return (
    <tr
      id={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={choice === null ? open : chosen}
      aria-current={open ? 'true' : undefined}
      aria-level={details.level}
      aria-expanded={details.expanded}
      className={`group cursor-default ${background} ${details.gone ? 'opacity-55 [&_*]:line-through' : ''} ${details.leaving ? 'leaves' : ''}`}
      style={{ height }}
    >
      {choice !== null && <ChoiceCell {...choice} background={background} active={active} />}
      {details.heading === undefined ? (
        columns.map((column, position) => (
          <TableCell
            key={column.id}
            align={column.align}
            sticky={position === 0 ? stickyAt(choice !== null) : ''}
            background={background}
            watched={column.value?.(item)}
          >
            {position === 0 && active && choice === null && <CursorLine />}
            {column.render(item)}
          </TableCell>
        ))
      ) : (
        <td colSpan={columns.length} className="border-line/60 border-b px-3 py-0">
          {details.heading}
        </td>
      )}
      {filled && <td className="border-line/60 border-b p-0" />}
    </tr>
  );
}

/** Where the first column stays while the others scroll: behind the checkboxes. */
export function stickyAt(selecting: boolean): string {
  return selecting ? 'sticky left-8' : 'sticky left-0';
}

function CursorLine() {
  return <span aria-hidden="true" className="absolute inset-y-0 left-0 w-0.5 bg-accent" />;
}

interface ChoiceCellProps {
  label: string;
  chosen: boolean;
  any: boolean;
  background: string;
  active: boolean;
}

/** The checkbox shows where it is needed: under the pointer, at the cursor, and once something is chosen. */
function ChoiceCell({ label, chosen, any, background, active }: ChoiceCellProps) {
  const shown = any || active ? '' : 'opacity-0 group-hover:opacity-100 [@media(hover:none)]:opacity-100';
  return (
    <td data-choice="" className={`sticky left-0 z-[5] border-line/60 border-b p-0 text-center ${background}`}>
      {active && <CursorLine />}
      <input type="checkbox" tabIndex={-1} aria-label={label} checked={chosen} readOnly className={`size-3.5 align-middle accent-accent-fill ${shown}`} />
    </td>
  );
}

interface SkeletonRowProps<Item> {
  columns: readonly TableColumn<Item>[];
  height: number;
  index: number;
  selecting: boolean;
  filled: boolean;
}

function SkeletonRow<Item>({ columns, height, index, selecting, filled }: SkeletonRowProps<Item>) {
  return (
    <tr style={{ height }}>
      {selecting && <td className="border-line/60 border-b p-0" />}
      {columns.map((column, position) => (
        <td key={column.id} className="border-line/60 border-b px-3 py-0">
          <div className="skeleton h-2.5" style={{ width: `${45 + ((index * 7 + position * 13) % 40)}%` }} />
        </td>
      ))}
      {filled && <td className="border-line/60 border-b p-0" />}
    </tr>
  );
}
