import { cellValues, type HeldRows, type RowQuery, type ValuesRequest, withLabelColumns } from '@quarterdeck/cluster';
import type { CellValues, ResourceKind, ResourceList } from '@quarterdeck/contract';
import { untilRead } from '../clusters/live-list.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';

export interface ResourceQuery extends RowQuery {
  /** `Pod`, `pods`, `po` or `Kind.group`. */
  kind: string;
  /** None: all of them. */
  namespaces: readonly string[];
  /** Labels that are shown as columns. */
  labels: readonly string[];
  offset: number;
  limit: number;
}

type Rows = Pick<SeenCluster, 'kind' | 'openRows'>;

/** The rows of one kind, from the live list where one is open, else from a new one that lingers for the next call. */
export async function listResources(runtime: Rows, query: ResourceQuery, signal: AbortSignal): Promise<ResourceList> {
  const { labels, offset, limit } = query;
  return withRows(runtime, query, signal, ({ kind, apiVersion }, list) => {
    const { view, leave } = list.look(query);
    try {
      const { rows, total } = view.window(offset, limit, labels);
      const { unread } = list;
      const columns = [...withLabelColumns(list.columns, labels)];
      return { kind, apiVersion, columns, items: rows, total, ...(unread.length > 0 ? { unread: [...unread] } : {}) };
    } finally {
      leave();
    }
  });
}

/** What the rows of one kind have in a column, for who types a filter. */
export function listCellValues(runtime: Rows, query: RowsOf & ValuesRequest, signal: AbortSignal): Promise<CellValues> {
  return withRows(runtime, query, signal, (_kind, list) => cellValues(list.rows(), list.columns, query));
}

type RowsOf = Pick<ResourceQuery, 'kind' | 'namespaces'>;

async function withRows<T>(runtime: Rows, query: RowsOf, signal: AbortSignal, read: (kind: ResourceKind, list: HeldRows) => T): Promise<T> {
  const kind = await runtime.kind(query.kind, signal);
  const list = await runtime.openRows(kind, query.namespaces);
  try {
    await untilSomeRead(list, signal);
    return read(kind, list);
  } finally {
    list.release();
  }
}

/** A list of several namespaces is read when those are that can be; the others are told beside. */
function untilSomeRead(list: HeldRows, signal: AbortSignal): Promise<void> {
  const some = {
    get state() {
      if (list.unread.length === 0) return list.state;
      if (list.reading) return 'connecting';
      return list.asOf === null ? 'failed' : 'live';
    },
    get reading() {
      return list.reading;
    },
    get error() {
      return list.error;
    },
    get asOf() {
      return list.asOf;
    },
    subscribe: (listener: () => void) => list.subscribe(listener),
  } as const;
  return untilRead(some, signal);
}
