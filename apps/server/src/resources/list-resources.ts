import { type Column, descriptorFor, type ResourceList } from '@quarterdeck/contract';
import type { ClusterRuntime } from '../clusters/cluster-runtime.ts';
import { untilRead } from '../clusters/live-list.ts';
import { createRowIndex } from './row-index.ts';
import { createRowWindow, type WindowRequest } from './row-window.ts';

export interface ResourceQuery extends WindowRequest {
  /** `Pod`, `pods`, `po` or `Kind.group`. */
  kind: string;
  /** Undefined: all of them. */
  namespace: string | undefined;
}

/** The rows of one kind, from the live list where one is open, else from a new one that lingers for the next call. */
export async function listResources(runtime: ClusterRuntime, query: ResourceQuery, signal: AbortSignal): Promise<ResourceList> {
  const kind = await runtime.kind(query.kind, signal);
  const descriptor = descriptorFor(kind.apiVersion, kind.kind);
  const index = createRowIndex(descriptor);
  const columns: Column[] = [...index.columns];
  const cut = createRowWindow(query, columns, descriptor.sort);
  const list = await runtime.openList(kind, query.namespace === undefined ? [] : [query.namespace]);
  try {
    await untilRead(list, signal);
    const { rows, total } = cut(index.rows(list.items(), runtime.now()));
    return { kind: kind.kind, apiVersion: kind.apiVersion, columns, items: rows, total };
  } finally {
    list.release();
  }
}
