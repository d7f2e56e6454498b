import type { AppError, Column, UnreadScope } from '@quarterdeck/contract';
import type { SharedStream } from '../watch/shared-stream.ts';
import type { WatchState } from '../watch/watched-list.ts';
import type { LiveRow } from './live-row.ts';
import type { Projection } from './projection.ts';
import type { RowBatch, RowList } from './row-list.ts';
import { type RowQuery, type RowSource, RowView } from './row-view.ts';

/** From best to worst: lists that are joined are as good as the worst of them. */
const states: readonly WatchState[] = ['live', 'connecting', 'stale', 'failed'];

/** A kind has about ten columns, each of which sorts both ways. */
const ordersKept = 24;
const basicOrder = 'namespace';

interface SharedView {
  view: RowView;
  users: number;
  filter: string;
}

/** One kind in one scope or in several as if it were one list, and the views of it that somebody looks at. */
export class RowSet implements RowList {
  private readonly streams: readonly SharedStream[];
  private readonly scopes: readonly (string | null)[];
  private readonly projection: Projection;
  private readonly now: () => number;
  private readonly views = new Map<string, SharedView>();

  /** `scopes`: the namespace of each stream, null for all. */
  constructor(streams: readonly SharedStream[], scopes: readonly (string | null)[], projection: Projection, now: () => number) {
    this.streams = streams;
    this.scopes = scopes;
    this.projection = projection;
    this.now = now;
  }

  get columns(): readonly Column[] {
    return this.current.columns;
  }

  get defaultSort(): string {
    return this.current.sort;
  }

  get size(): number {
    return this.streams.reduce((sum, { rows }) => sum + (rows?.byUid.size ?? 0), 0);
  }

  get reading(): boolean {
    return this.streams.some((stream) => stream.readingRows && !this.isGivenUp(stream));
  }

  get state(): WatchState {
    return states[Math.max(...this.streams.map(({ reflector }) => states.indexOf(reflector.state)))] ?? 'live';
  }

  get error(): AppError | null {
    return this.streams.find(({ reflector }) => reflector.error !== null)?.reflector.error ?? null;
  }

  /** One that was read and may no longer be is told as well: its rows are those of before. */
  get unread(): readonly UnreadScope[] {
    return this.streams.flatMap(({ reflector: { error, asOf } }, index) => {
      const namespace = this.scopes[index] ?? null;
      if (error === null || namespace === null || (asOf !== null && error.code !== 'FORBIDDEN')) return [];
      return [{ namespace, code: error.code, error: error.message }];
    });
  }

  get asOf(): number | null {
    const known = this.streams.map(({ reflector }) => reflector.asOf).filter((asOf) => asOf !== null);
    return known.length === 0 ? null : Math.min(...known);
  }

  /** A CRD may have got other columns while its rows are shown. */
  private get current(): Projection {
    return this.streams[0]?.rows?.projection ?? this.projection;
  }

  rows(): LiveRow[] {
    return this.streams.flatMap(({ rows }) => [...(rows?.byUid.values() ?? [])]);
  }

  subscribe(listener: (batch: RowBatch) => void): () => void {
    const ends = this.streams.map((stream) => stream.onRows(listener));
    return () => {
      for (const end of ends) end();
    };
  }

  /** The view of a query, shared by all who ask for the same. Throws VALIDATION_ERROR; the caller leaves it. */
  look(query: RowQuery): { view: RowView; leave(): void } {
    const shared = this.shared(query.filter.trim(), query.sort);
    shared.users += 1;
    let left = false;
    return {
      view: shared.view,
      leave: () => {
        if (!left) shared.users -= 1;
        left = true;
        this.tidy();
      },
    };
  }

  /** Ends the views that nobody looks at. */
  close(): void {
    this.tidy(0);
  }

  /** Of several namespaces, one that can't be read holds nobody up. */
  private isGivenUp({ reflector }: SharedStream): boolean {
    return this.streams.length > 1 && reflector.error !== null && reflector.asOf === null;
  }

  private shared(filter: string, sort: string): SharedView {
    const key = JSON.stringify([filter, sort]);
    const known = this.views.get(key);
    const shared = known ?? { view: new RowView(this, { filter, sort }, this.now, this.sourceOf(filter, sort)), users: 0, filter };
    // Behind all others: those that were asked for last are kept longest.
    this.views.delete(key);
    this.views.set(key, shared);
    return shared;
  }

  /** A filter goes over the whole view of its order. That one is made of the rows by namespace and name, by which equal rows go. */
  private sourceOf(filter: string, sort: string): RowSource {
    if (filter !== '') return { rows: () => this.shared('', sort).view.all(), order: 'own' };
    const isBasic = sort === basicOrder || !this.columns.some(({ id }) => id === basicOrder);
    return isBasic ? { rows: () => this.rows(), order: 'none' } : { rows: () => this.shared('', basicOrder).view.all(), order: 'byName' };
  }

  /** Of the views that nobody looks at, the last whole ones stay: who types a filter changes it with every letter. */
  private tidy(kept = ordersKept): void {
    const unused = [...this.views].filter(([, { users }]) => users === 0);
    const whole = unused.filter(([, { filter }]) => filter === '');
    const staying = new Set(kept === 0 ? [] : whole.slice(-kept));
    for (const entry of unused) {
      if (staying.has(entry)) continue;
      this.views.delete(entry[0]);
      entry[1].view.close();
    }
  }
}
