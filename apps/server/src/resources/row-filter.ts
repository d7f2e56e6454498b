import { AppError, type Column, type Row } from '@quarterdeck/contract';
import { interruptible } from './interruptible.ts';

type RowTest = (row: Row) => boolean;

/**
 * The tables' filter: terms separated by spaces, all of which must hold.
 * `word` occurs in any cell · `ns:x` in the namespace · `status:x` in a status cell or is the state · `/regex/` matches
 * a cell · `!` in front of any of them turns it round. Case never matters. Throws VALIDATION_ERROR for a broken
 * regex; what it returns throws the same for one that takes too long.
 */
export function parseRowFilter(text: string, columns: readonly Column[]): (rows: readonly Row[]) => Row[] {
  const terms = (text.match(/!?\/(?:\\.|[^/\\])+\/(?=\s|$)|\S+/g) ?? []).map((term) => parseTerm(term, columns));
  const select = (rows: readonly Row[]) => rows.filter((row) => terms.every((term) => term(row)));
  return /\//.test(text) ? (rows) => interruptible(() => select(rows)) : select;
}

function parseTerm(term: string, columns: readonly Column[]): RowTest {
  if (term.length > 1 && term.startsWith('!')) {
    const inner = parseTerm(term.slice(1), columns);
    return (row) => !inner(row);
  }
  const pattern = /^\/(.+)\/$/.exec(term)?.[1];
  if (pattern !== undefined) return matching(pattern);
  const [, scope, rest = ''] = /^(ns|namespace|status):(.*)$/i.exec(term) ?? [];
  if (scope === undefined) return containing(term.toLowerCase());
  return scope.toLowerCase() === 'status' ? inStatus(rest.toLowerCase(), columns) : inNamespace(rest.toLowerCase());
}

function matching(pattern: string): RowTest {
  try {
    const expression = new RegExp(pattern, 'i');
    return (row) => row.cells.some((cell) => cell !== null && expression.test(String(cell)));
  } catch (cause) {
    throw new AppError('VALIDATION_ERROR', `/${pattern}/ is no regular expression.`, {
      hint: 'Close its brackets, or leave out the slashes to search for the text.',
      cause,
    });
  }
}

function containing(word: string): RowTest {
  return (row) => row.cells.some((cell) => contains(cell, word));
}

function inNamespace(text: string): RowTest {
  return (row) => contains(row.object.namespace, text);
}

function inStatus(text: string, columns: readonly Column[]): RowTest {
  const statuses = columns.flatMap((column, index) => (column.type === 'status' ? [index] : []));
  return (row) => row.state.toLowerCase() === text || statuses.some((index) => contains(row.cells[index] ?? null, text));
}

function contains(cell: Row['cells'][number], text: string): boolean {
  return cell !== null && String(cell).toLowerCase().includes(text);
}
