import { printable } from './printable.ts';

/** Columns as kubectl sets them: three spaces apart, the last one as long as it is. Nothing of a cell can command the terminal. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(printable));
  const columns = Math.max(0, ...shown.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...shown.map((row) => row[column]?.length ?? 0)));
  const lines = shown.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd((widths[column] ?? 0) + 3))).join(''));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}
