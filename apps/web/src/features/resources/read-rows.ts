import { type ResourceList, type Row, resourceRoutes } from '@quarterdeck/contract';
import type { ApiClient } from '../../api/client.ts';
import type { ListQuery } from './use-resource-rows.ts';

/** Which rows of a list: a stretch of it. */
export interface Stretch {
  offset: number;
  limit: number;
}

/** A list as the server is asked for it once. */
export interface AskedList extends ListQuery {
  cluster?: string;
  namespaces: readonly string[];
}

/** As many as the server gives in one answer. */
const page = 5_000;

/** Rows of a list, page by page, also those that the tab does not hold. `onPage` is told how many there are so far. Rejects with an AppError. */
export async function readRows(
  api: ApiClient,
  list: AskedList,
  { offset, limit }: Stretch,
  signal: AbortSignal,
  onPage: (read: number) => void = () => undefined,
): Promise<{ rows: Row[]; total: number; columns: ResourceList['columns'] }> {
  // A row that moves between two pages comes once.
  const rows = new Map<string, Row>();
  for (let at = offset; ; at += page) {
    const size = Math.min(page, offset + limit - at);
    const { items, total, columns } = await api.call(resourceRoutes.listResources, { ...inputOf(list), offset: at, limit: size }, { signal });
    for (const row of items) rows.set(row.uid, row);
    onPage(rows.size);
    if (items.length < size || at + size >= offset + limit || at + size >= total) return { rows: [...rows.values()], total, columns };
  }
}

function inputOf({ cluster, kind, filter, sort, labels, namespaces }: AskedList) {
  return {
    kind,
    ...(cluster === undefined ? {} : { cluster }),
    ...(namespaces.length === 0 ? {} : { namespace: namespaces.join(',') }),
    ...(filter === '' ? {} : { filter }),
    ...(sort === '' ? {} : { sort }),
    ...(labels.length === 0 ? {} : { labels: labels.join(',') }),
  };
}
