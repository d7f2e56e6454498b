import type { Cell, Column, Row } from '@quarterdeck/contract';

/** What spreadsheets take for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const formula = /^[=+\-@\t\r]/;

/** Rows as CSV (RFC 4180), as UTF-8 that spreadsheets recognise. `all` are the columns in the order of the cells, `ids` those that are written. */
export function csvOf(all: readonly Column[], ids: readonly string[], rows: readonly Row[]): string {
  const places = ids.flatMap((id) => {
    const index = all.findIndex((column) => column.id === id);
    return index < 0 ? [] : [index];
  });
  const lines = [places.map((place) => field(all[place]?.label ?? '')), ...rows.map(({ cells }) => places.map((place) => field(cells[place] ?? null)))];
  return `\u{FEFF}${lines.map((line) => `${line.join(',')}\r\n`).join('')}`;
}

/** A text that a spreadsheet would run stays a text. */
function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
