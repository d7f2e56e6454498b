import { type Cell, type Column, type FilterRow, parseQuantity, type Row } from '@quarterdeck/contract';
import { naturalKey } from './natural-key.ts';

/** Null sorts last. */
export type SortKey = string | number | null;

type Labels = Readonly<Record<string, string>>;

/**
 * One object as tables show it, with what filters and orders need beside it. Never changed: a new state of the object
 * is a new row. What the first filter and the usual order need is made with it, so that it does not come all at once for
 * thirty thousand rows; keys of other columns when they are first asked for.
 */
export class LiveRow implements FilterRow {
  /** What is sent to clients. */
  readonly row: Row;
  readonly labels: Labels | undefined;
  readonly resourceVersion: string | undefined;
  /** All cells in lower case, one a line. */
  readonly searchText: string;
  /** Namespace and name first, then the columns. */
  private readonly keys: (SortKey | undefined)[];

  constructor(row: Row, labels: Labels | undefined, resourceVersion: string | undefined) {
    this.row = row;
    this.labels = labels;
    this.resourceVersion = resourceVersion;
    this.searchText = row.cells.filter(isFilled).join('\n').toLowerCase();
    this.keys = [keyOf(row.object.namespace, 'text'), keyOf(row.object.name, 'text')];
  }

  /** The key of a cell: see `cellAt`. */
  sortKey(index: number, type: Column['type']): SortKey {
    const place = index + 2;
    const known = this.keys[place];
    if (known !== undefined) return known;
    const key = keyOf(this.row.cells[index] ?? null, type);
    this.keys[place] = key;
    return key;
  }

  /** The value of a label; null without it. */
  label(name: string): string | null {
    return this.labels !== undefined && Object.hasOwn(this.labels, name) ? (this.labels[name] ?? null) : null;
  }

  /** The cell of a column; `nameKey` and `namespaceKey` stand for those of the object. */
  cellAt(index: number): Cell {
    if (index === nameKey) return this.row.object.name;
    return index === namespaceKey ? this.row.object.namespace : (this.row.cells[index] ?? null);
  }

  /** Whether neither people nor filters see a difference. */
  isSameTo(other: LiveRow): boolean {
    return sameRow(this.row, other.row) && sameLabels(this.labels, other.labels);
  }
}

export const nameKey = -1;
export const namespaceKey = -2;

function keyOf(cell: Cell, type: Column['type']): SortKey {
  if (cell === null || typeof cell === 'number') return cell;
  if (type === 'quantity') return parseQuantity(cell) ?? naturalKey(cell);
  const time = type === 'time' ? Date.parse(cell) : Number.NaN;
  return Number.isNaN(time) ? naturalKey(cell) : time;
}

/** Of a label's value. */
export function labelKey(row: LiveRow, name: string): SortKey {
  return keyOf(row.label(name), 'text');
}

/** Whether two states of one row show the same. */
export function sameRow(a: Row, b: Row): boolean {
  return a === b || (a.state === b.state && a.cells.length === b.cells.length && a.cells.every((cell, index) => cell === b.cells[index]));
}

function sameLabels(a: Labels = {}, b: Labels = {}): boolean {
  if (a === b) return true;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

function isFilled(cell: Cell): boolean {
  return cell !== null;
}
