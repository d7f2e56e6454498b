import type { AppError, Column } from '@quarterdeck/contract';
import type { SharedStream } from '../watch/shared-stream.ts';
import type { WatchState } from '../watch/watched-list.ts';
import type { LiveRow } from './live-row.ts';
import type { Projection } from './projection.ts';
import type { RowBatch, RowList } from './row-list.ts';
import { type RowQuery, RowView } from './row-view.ts';

/** From best to worst: lists that are joined are as good as the worst of them. */
const states: readonly WatchState[] = ['live', 'connecting', 'stale', 'failed'];

/** One kind in one scope or in several as if it were one list, and the views of it that somebody looks at. */
export class RowSet implements RowList {
  private readonly streams: readonly SharedStream[];
  private readonly projection: Projection;
  private readonly now: () => number;
  private readonly views = new Map<string, { view: RowView; users: number }>();

  constructor(streams: readonly SharedStream[], projection: Projection, now: () => number) {
    this.streams = streams;
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
    return this.streams.some((stream) => stream.readingRows);
  }

  get state(): WatchState {
    return states[Math.max(...this.streams.map(({ reflector }) => states.indexOf(reflector.state)))] ?? 'live';
  }

  get error(): AppError | null {
    return this.streams.find(({ reflector }) => reflector.error !== null)?.reflector.error ?? null;
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
    const key = JSON.stringify([query.filter.trim(), query.sort]);
    const shared = this.views.get(key) ?? { view: new RowView(this, query, this.now), users: 0 };
    this.views.set(key, shared);
    shared.users += 1;
    let left = false;
    return {
      view: shared.view,
      leave: () => {
        if (left) return;
        left = true;
        shared.users -= 1;
        if (shared.users > 0) return;
        this.views.delete(key);
        shared.view.close();
      },
    };
  }
}
