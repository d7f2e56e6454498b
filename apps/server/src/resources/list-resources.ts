import type { RowQuery } from '@quarterdeck/cluster';
import type { ResourceList } from '@quarterdeck/contract';
import { untilRead } from '../clusters/live-list.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';

export interface ResourceQuery extends RowQuery {
  /** `Pod`, `pods`, `po` or `Kind.group`. */
  kind: string;
  /** Undefined: all of them. */
  namespace: string | undefined;
  offset: number;
  limit: number;
}

/** The rows of one kind, from the live list where one is open, else from a new one that lingers for the next call. */
export async function listResources(runtime: Pick<SeenCluster, 'kind' | 'openRows'>, query: ResourceQuery, signal: AbortSignal): Promise<ResourceList> {
  const kind = await runtime.kind(query.kind, signal);
  const list = await runtime.openRows(kind, query.namespace === undefined ? [] : [query.namespace]);
  try {
    await untilRead(list, signal);
    const { view, leave } = list.look(query);
    try {
      const { rows, total } = view.window(query.offset, query.limit);
      return { kind: kind.kind, apiVersion: kind.apiVersion, columns: [...list.columns], items: rows, total };
    } finally {
      leave();
    }
  } finally {
    list.release();
  }
}
