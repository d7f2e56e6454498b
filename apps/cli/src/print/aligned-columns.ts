import { printable } from '../output/printable.ts';

/** kubectl's columns: three spaces apart and at least six wide; the last one as long as it is. `widths` keeps those of the lines before. */
export function alignedColumns(rows: readonly (readonly string[])[], widths: number[] = []): string {
  const shown = rows.map((row) => row.map(oneLine));
  const columns = Math.max(0, ...shown.map((row) => row.length));
  for (let column = 0; column < columns; column += 1)
    widths[column] = Math.max(widths[column] ?? 6, ...shown.map((row) => [...(row[column] ?? '')].length + 3));
  return shown.map((row) => `${row.map((cell, column) => (column === row.length - 1 ? cell : padded(cell, widths[column] ?? 0))).join('')}\n`).join('');
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - [...cell].length));
}

/** The first line of a cell, and that there are more. */
function oneLine(cell: string): string {
  const end = cell.search(/[\f\n\r]/);
  return printable(end < 0 ? cell : `${cell.slice(0, end)}...`);
}
