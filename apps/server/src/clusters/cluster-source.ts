import type { ClusterAccess } from '@quarterdeck/cluster';
import type { ResourceKind } from '@quarterdeck/contract';
import type { LiveList } from './live-list.ts';

/** A cluster that could be opened: a context of the kubeconfig, or a recording. */
export interface ClusterSource {
  id: string;
  name: string;
  server: string | null;
  /** ISO 8601; null for a live cluster. */
  recordedAt: string | null;
  /** The context's namespace: what a person without cluster-wide rights can look at. */
  namespace: string | null;
  open(): Promise<ClusterAccess>;
}

/** What the diagnosis needs of a cluster that somebody else opens and closes. */
export interface OpenCluster {
  readonly source: ClusterSource;
  /** Epoch milliseconds. */
  now(): number;
  access(): Promise<ClusterAccess>;
  /** No namespaces: all of them. The caller releases the list. */
  openList(kind: ResourceKind, namespaces: readonly string[]): Promise<LiveList>;
}
