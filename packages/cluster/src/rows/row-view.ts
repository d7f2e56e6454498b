import { type AppError, type Column, dependsOnTime, type Filter, parseFilter, type Row, rowTest, termsOf, toAppError } from '@quarterdeck/contract';
import { interruptible } from './interruptible.ts';
import { withLabelCells } from './label-columns.ts';
import type { LiveRow } from './live-row.ts';
import type { RowBatch, RowList } from './row-list.ts';
import { byName, parseRowOrder, type RowOrder } from './row-order.ts';

export interface RowQuery {
  /** See `parseFilter`. */
  filter: string;
  /** See `parseRowOrder`; empty for the kind's own order. */
  sort: string;
}

export interface RowWindow {
  rows: Row[];
  /** Rows that match, of which `rows` is the window. */
  total: number;
}

/** All rows of a list, from whoever has them in an order already. */
export interface RowSource {
  rows(): readonly LiveRow[];
  /** The query's own order, by namespace and name, or none. */
  order: 'own' | 'byName' | 'none';
}

/** What a query means for the columns that there are. */
interface Plan {
  columns: readonly Column[];
  order: RowOrder;
  test(row: LiveRow): boolean;
}

/** Filters by time are applied anew so often. Milliseconds. */
const timeStep = 5_000;
/** Beyond this share of the rows, putting all into order is cheaper than moving the rows behind each change. */
const bulk = 1 / 64;

/**
 * The rows of a list that match a filter, in order. Changes are put into their places when a window is next cut: a row
 * costs its test and a search in the order, never a pass over all rows.
 */
export class RowView {
  private readonly list: RowList;
  private readonly source: RowSource;
  private readonly query: RowQuery;
  private readonly filter: Filter;
  private readonly now: () => number;
  private readonly hasRegex: boolean;
  private readonly end: () => void;
  private readonly changes = new Map<string, LiveRow | null>();
  /** By uid; null until the first change asks for it, which for most filters that are typed never comes. */
  private members: Map<string, LiveRow> | null = null;
  private sorted: LiveRow[] = [];
  private plan: Plan | null = null;
  /** Epoch milliseconds; null where it is to be made anew. */
  private madeAt: number | null = null;
  private error: AppError | null = null;

  /** Throws VALIDATION_ERROR for a filter or an order that can't be. */
  constructor(list: RowList, query: RowQuery, now: () => number, source: RowSource = { rows: () => list.rows(), order: 'none' }) {
    this.list = list;
    this.source = source;
    this.query = query;
    this.now = now;
    this.filter = parseFilter(query.filter);
    this.hasRegex = termsOf(this.filter).some((term) => term.type === 'regex');
    // Which columns there are may show with the first rows alone.
    if (!list.reading) this.plan = this.makePlan();
    this.end = list.subscribe((batch) => this.note(batch));
  }

  /** Whether rows may come and go with time alone: then a window should be cut from time to time. */
  get dependsOnTime(): boolean {
    return dependsOnTime(this.filter, this.list.columns);
  }

  /** With the values of labels behind the cells. Throws VALIDATION_ERROR for a regular expression that takes too long, from then on every time. */
  window(offset: number, limit: number, labels: readonly string[] = []): RowWindow {
    const all = this.all();
    return { rows: all.slice(offset, offset + limit).map((row) => withLabelCells(row, labels)), total: all.length };
  }

  /** All that match, in order; only until the next change. Throws as `window`. */
  all(): readonly LiveRow[] {
    if (this.error !== null) throw this.error;
    try {
      this.update();
    } catch (thrown) {
      this.error = toAppError(thrown);
      throw this.error;
    }
    return this.sorted;
  }

  close(): void {
    this.end();
  }

  private note({ upserts, deletes }: RowBatch): void {
    if (this.madeAt === null) return;
    for (const uid of deletes) this.changes.set(uid, null);
    for (const row of upserts) this.changes.set(row.row.uid, row);
    if (this.changes.size <= this.list.size * bulk) return;
    // Of a view that nobody looks at, the changes would become more than the rows.
    this.changes.clear();
    this.madeAt = null;
  }

  private update(): void {
    const plan = this.plan?.columns === this.list.columns ? this.plan : this.makePlan();
    const timed = this.madeAt !== null && this.dependsOnTime && Math.abs(this.now() - this.madeAt) >= timeStep;
    if (this.madeAt === null || plan !== this.plan || timed) this.remake(plan);
    else if (this.changes.size > 0) this.applyChanges(plan);
    this.plan = plan;
    this.changes.clear();
  }

  private makePlan(): Plan {
    const { columns, defaultSort } = this.list;
    const order = parseRowOrder(this.query.sort === '' ? defaultSort : this.query.sort, columns);
    return { columns, order, test: rowTest(this.filter, columns, this.now) };
  }

  private remake({ order, test }: Plan): void {
    const rows = this.source.rows();
    const matching = this.filter.terms.length === 0 ? rows : this.guarded(() => rows.filter(test));
    this.sorted = this.source.order === 'own' ? [...matching] : order.arrange(this.source.order === 'byName' ? matching : byName(matching));
    this.members = null;
    this.madeAt = this.now();
  }

  private applyChanges({ order, test }: Plan): void {
    const changes = [...this.changes];
    const members = this.members ?? new Map(this.sorted.map((row) => [row.row.uid, row]));
    this.members = members;
    const matching = this.guarded(() => changes.map(([, row]) => row !== null && test(row)));
    changes.forEach(([uid, row], index) => {
      const next = matching[index] === true ? row : null;
      this.put(members.get(uid), next, order);
      if (next === null) members.delete(uid);
      else members.set(uid, next);
    });
  }

  private put(before: LiveRow | undefined, next: LiveRow | null, order: RowOrder): void {
    if (before !== undefined) this.takeOut(before, next, order);
    else if (next !== null) this.sorted.splice(placeOf(next, this.sorted, order), 0, next);
  }

  private takeOut(before: LiveRow, next: LiveRow | null, order: RowOrder): void {
    const place = placeOf(before, this.sorted, order);
    if (next !== null && order.compare(before, next) === 0) {
      this.sorted[place] = next;
      return;
    }
    this.sorted.splice(place, 1);
    if (next !== null) this.sorted.splice(placeOf(next, this.sorted, order), 0, next);
  }

  private guarded<T>(run: () => T): T {
    return this.hasRegex ? interruptible(run) : run();
  }
}

/** Where the row stands, or would stand. */
function placeOf(row: LiveRow, sorted: readonly LiveRow[], order: RowOrder): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle];
    if (other !== undefined && order.compare(other, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
