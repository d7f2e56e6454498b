import { parseQuantity } from '../objects/quantity.ts';
import type { Cell, Column, Row } from '../resources/resource.ts';
import { parseDuration } from './duration.ts';
import { type Comparison, type Filter, type FilterTerm, termsOf } from './filter-ast.ts';
import { filterError } from './filter-error.ts';
import { matchesLabels } from './label-selector.ts';

/** What a filter looks at. */
export interface FilterRow {
  readonly row: Row;
  readonly labels: Readonly<Record<string, string>> | undefined;
  /** All cells in lower case, one a line. */
  readonly searchText: string;
}

type Test = (row: FilterRow) => boolean;

/**
 * What decides whether a row matches. `now` is epoch milliseconds and is asked for each row: see `dependsOnTime`.
 * Throws VALIDATION_ERROR with the place in the text for a column or a value that can't be compared.
 */
export function rowTest(filter: Filter, columns: readonly Column[], now: () => number): Test {
  const tests = filter.terms.map((term) => testOf(term, columns, now));
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (row) => tests.every((test) => test(row));
}

/** Whether rows may begin or cease to match with time alone. */
export function dependsOnTime(filter: Filter, columns: readonly Column[]): boolean {
  return termsOf(filter).some((term) => term.type === 'compare' && columns[columnIndex(term.column.toLowerCase(), columns)]?.type === 'time');
}

function testOf(term: FilterTerm, columns: readonly Column[], now: () => number): Test {
  switch (term.type) {
    case 'word':
      return containing(term.text.toLowerCase());
    case 'regex':
      return matching(new RegExp(term.source, 'i'));
    case 'fuzzy':
      return resembling(term.text.toLowerCase());
    case 'labels':
      return ({ labels }) => matchesLabels(labels, term.requirements);
    case 'field':
      return inField(term, columns);
    case 'compare':
      return comparing(term, columns, now);
    case 'not': {
      const test = testOf(term.term, columns, now);
      return (row) => !test(row);
    }
  }
}

function containing(word: string): Test {
  return ({ searchText }) => searchText.includes(word);
}

function matching(expression: RegExp): Test {
  return ({ row }) => row.cells.some((cell) => cell !== null && expression.test(String(cell)));
}

/** The letters occur in this order in one cell, as k9s's `-f` finds them. */
function resembling(letters: string): Test {
  return ({ searchText }) => {
    let found = 0;
    for (let index = 0; index < searchText.length && found < letters.length; index += 1) {
      if (searchText[index] === '\n') found = 0;
      else if (searchText[index] === letters[found]) found += 1;
    }
    return found === letters.length;
  };
}

function inField(term: Extract<FilterTerm, { type: 'field' }>, columns: readonly Column[]): Test {
  const text = term.text.toLowerCase();
  const name = term.column.toLowerCase();
  if (name === 'status') return inStatus(text, columns);
  if (name === 'ns' || name === 'namespace') {
    const holds = remembered((cell) => contains(cell, text));
    return ({ row }) => holds(row.object.namespace);
  }
  if (name === 'name') return ({ row }) => contains(row.object.name, text);
  const index = columnIndex(name, columns);
  // `nginx:1.27` is a word like any other.
  if (index < 0) return containing(term.raw.toLowerCase());
  if (columns[index]?.type === 'number') return ({ row }) => String(row.cells[index] ?? '') === text;
  const holds = remembered((cell) => contains(cell, text));
  return ({ row }) => holds(row.cells[index] ?? null);
}

/** States that somebody has to do something about; `status:faulty` means any of them. */
const faulty: ReadonlySet<Row['state']> = new Set(['missing', 'critical', 'high', 'medium']);

function inStatus(text: string, columns: readonly Column[]): Test {
  if (text === 'faulty') return ({ row }) => faulty.has(row.state);
  const statuses = columns.flatMap((column, index) => (column.type === 'status' ? [index] : []));
  const holds = remembered((cell) => contains(cell, text));
  return ({ row }) => row.state.toLowerCase() === text || statuses.some((index) => holds(row.cells[index] ?? null));
}

function comparing(term: Extract<FilterTerm, { type: 'compare' }>, columns: readonly Column[], now: () => number): Test {
  const index = columnIndex(term.column.toLowerCase(), columns);
  const column = columns[index];
  if (column === undefined) {
    const known = columns.map(({ id }) => id).join(', ');
    throw filterError(`There is no column "${term.column}" to compare.`, `Columns: ${known}.`, term);
  }
  const holds = comparisons[term.operator];
  if (column.type === 'time') {
    const bound = parseDuration(term.value.toLowerCase());
    if (bound === null) throw filterError(`"${term.value}" is no length of time.`, `Write it as 90s, 5m, 1h30m or 2d: ${term.column}>1h`, term);
    return ({ row }) => holdsFor(ageOf(row.cells[index] ?? null, now()), bound, holds);
  }
  const bound = parseQuantity(term.value);
  if (bound === null) throw filterError(`"${term.value}" is no number or quantity.`, `Write it as 3, 500m or 2Gi: ${term.column}>3`, term);
  return ({ row }) => holdsFor(quantityOf(row.cells[index] ?? null), bound, holds);
}

const comparisons: Record<Comparison, (value: number, bound: number) => boolean> = {
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
};

/** What has no value is neither more nor less. */
function holdsFor(value: number | null, bound: number, holds: (value: number, bound: number) => boolean): boolean {
  return value !== null && !Number.isNaN(value) && holds(value, bound);
}

function quantityOf(cell: Cell): number | null {
  return typeof cell === 'number' ? cell : parseQuantity(String(cell ?? ''));
}

function ageOf(cell: Cell, now: number): number | null {
  return cell === null ? null : now - Date.parse(String(cell));
}

function columnIndex(name: string, columns: readonly Column[]): number {
  return columns.findIndex((column) => column.id.toLowerCase() === name);
}

/** Rows share most of their cells: a few statuses and namespaces, some hundred nodes. */
const mostRemembered = 4096;

function remembered(test: (cell: Cell) => boolean): (cell: Cell) => boolean {
  const known = new Map<Cell, boolean>();
  return (cell) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const holds = test(cell);
    if (known.size < mostRemembered) known.set(cell, holds);
    return holds;
  };
}

function contains(cell: Cell, text: string): boolean {
  return cell !== null && String(cell).toLowerCase().includes(text);
}
