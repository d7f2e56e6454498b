import { type HeldRows, type LiveRow, type RowBatch, type RowList, type RowQuery, RowView } from '@quarterdeck/cluster';
import type { Column, ResourceKind, UnreadScope } from '@quarterdeck/contract';
import { isNamespace, type Sight } from './sight.ts';

export interface SeenRowsOptions {
  kind: ResourceKind;
  sight: Sight;
  /** Whether none of them is asked for: only hidden namespaces were named. */
  nothing: boolean;
  /** Epoch milliseconds. */
  now(): number;
}

/** Shared rows as one policy shows them: its windows and totals are made of what is visible. Releasing it releases the shared ones. */
export class SeenRows implements HeldRows {
  private readonly rowsOfAll: HeldRows;
  private readonly options: SeenRowsOptions;
  private readonly views = new Set<RowView>();

  constructor(rowsOfAll: HeldRows, options: SeenRowsOptions) {
    this.rowsOfAll = rowsOfAll;
    this.options = options;
  }

  get columns(): readonly Column[] {
    return this.rowsOfAll.columns;
  }

  get defaultSort(): string {
    return this.rowsOfAll.defaultSort;
  }

  get size(): number {
    return this.rows().length;
  }

  get reading(): boolean {
    return this.rowsOfAll.reading;
  }

  get state(): RowList['state'] {
    return this.rowsOfAll.state;
  }

  get error(): RowList['error'] {
    return this.rowsOfAll.error;
  }

  get unread(): readonly UnreadScope[] {
    return this.rowsOfAll.unread.filter(({ namespace }) => this.options.sight.seesNamespace(namespace));
  }

  get asOf(): number | null {
    return this.rowsOfAll.asOf;
  }

  rows(): LiveRow[] {
    return this.rowsOfAll.rows().filter(this.test());
  }

  /** Of what is gone the uid alone is known; views have no use for those that they never had. */
  subscribe(listener: (batch: RowBatch) => void): () => void {
    const sees = this.test();
    return this.rowsOfAll.subscribe(({ upserts, deletes }) => listener({ upserts: upserts.filter(sees), deletes }));
  }

  /** The order is the shared one of the same query; what is hidden is taken out of it. */
  look(query: RowQuery): { view: RowView; leave(): void } {
    const sorted = this.rowsOfAll.look({ filter: '', sort: query.sort });
    const sees = this.test();
    const view = new RowView(this, query, this.options.now, { rows: () => sorted.view.all().filter(sees), order: 'own' });
    this.views.add(view);
    return {
      view,
      leave: () => {
        view.close();
        this.views.delete(view);
        sorted.leave();
      },
    };
  }

  release(): void {
    for (const view of this.views) view.close();
    this.rowsOfAll.release();
  }

  /** The kind is decided once, so that a row costs one look at its namespace. */
  private test(): (row: LiveRow) => boolean {
    const { kind, sight, nothing } = this.options;
    if (nothing) return () => false;
    if (isNamespace(kind)) return ({ row }) => sight.seesNamespace(row.object.name);
    if (!sight.seesKind(kind)) return () => false;
    if (kind.kind === 'Event') return this.eventTest();
    const { namespaces } = sight;
    if (!kind.namespaced || namespaces === null) return () => true;
    const names = new Set(namespaces);
    return ({ row }) => names.has(row.object.namespace ?? '');
  }

  /** A row of an event names what it is about as `Pod/web`. */
  private eventTest(): (row: LiveRow) => boolean {
    const place = this.columns.findIndex(({ id }) => id === 'object');
    return ({ row }) => {
      const [kind = '', name = ''] = String(row.cells[place] ?? '').split('/');
      return this.options.sight.seesEventAbout(row.object.namespace ?? '', kind, name);
    };
  }
}
