import { kubeAge } from '../output/kube-age.ts';
import { printable } from '../output/printable.ts';
import type { Paint } from '../output/style.ts';
import { type LiveLine, type LiveState, shownLines } from './live-state.ts';

export interface Screen {
  columns: number;
  rows: number;
  /** Epoch milliseconds. */
  now: number;
  paint: Paint;
}

/** A line that changed is marked for so long: milliseconds. */
const freshFor = 5_000;

/** The lines of the screen: what is watched, the table as far as there is room, notes, and the keys. Pure. */
export function screenLines(state: LiveState, screen: Screen): string[] {
  const lines = shownLines(state);
  const note = state.note.slice(-Math.max(3, Math.floor(screen.rows / 3))).map((line) => fitted(line, screen.columns));
  const room = Math.max(1, screen.rows - 4 - note.length);
  const widths = columnWidths([state.head, ...lines.map(({ cells }) => cells)]);
  const shown = lines.slice(0, room);
  const more = lines.length - shown.length;
  return [
    screen.paint('bold', fitted(titleOf(state, lines.length, screen), screen.columns)),
    screen.paint('dim', fitted(`  ${row(state.head, widths)}`, screen.columns)),
    ...shown.map((line) => lineText(line, widths, screen)),
    ...(lines.length === 0 ? [fitted('  Nothing is there yet.', screen.columns)] : []),
    ...note,
    screen.paint('dim', fitted(more > 0 ? `… and ${more} more; / filters` : '', screen.columns)),
    fitted(footer(state), screen.columns),
  ];
}

function titleOf({ title, lines, held, changes, filter }: LiveState, shown: number, { now: _now }: Screen): string {
  const count = filter === '' ? `${lines.size}` : `${shown} of ${lines.size}`;
  return [title, count, `${changes} changes`, ...(held === null ? [] : ['paused']), ...(filter === '' ? [] : [`filter: ${filter}`])].join(' · ');
}

function footer({ typing, filter, held }: LiveState): string {
  if (typing) return `/${filter}▏  Enter keeps the filter, Esc ends it`;
  return `/ filter   space ${held === null ? 'pause' : 'go on'}   s save   ? summary   q quit`;
}

/** What changed of late has a mark, what is gone another one: never colour alone. */
function lineText({ cells, at, gone }: LiveLine, widths: readonly number[], { columns, now, paint }: Screen): string {
  const fresh = now - at < freshFor;
  const text = fitted(`${gone ? '- ' : fresh ? '* ' : '  '}${row(cells, widths)}${gone ? `   gone ${kubeAge(now - at)} ago` : ''}`, columns);
  if (gone) return paint('dim', text);
  return fresh ? paint('cyan', text) : text;
}

function row(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => printable(cell).padEnd((widths[index] ?? 0) + 2))
    .join('')
    .trimEnd();
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  return Array.from({ length: columns }, (_, column) => Math.max(...rows.map((cells) => printable(cells[column] ?? '').length)));
}

function fitted(text: string, columns: number): string {
  const line = printable(text);
  return line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 1))}…`;
}
