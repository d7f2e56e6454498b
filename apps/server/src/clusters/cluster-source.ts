import type { ApiCostMeter, ClusterAccess, ClusterContext, ConnectionSettings, RefusalMemory } from '@quarterdeck/cluster';
import type { ResourceKind } from '@quarterdeck/contract';
import type { LiveList } from './live-list.ts';

/** What belongs to a connection and outlives its attempts. */
export interface ConnectionMemory {
  meter: ApiCostMeter;
  refusals: RefusalMemory;
  /** Told with every discovery: the API groups and versions whose own server does not answer. */
  tellDeadApis(apis: string[]): void;
  /** Told what a login under way says to its person, and null when it is over. */
  onLoginProgress?(text: string | null): void;
}

/** A cluster that could be opened: a context of the kubeconfig, or a recording. */
export interface ClusterSource {
  id: string;
  name: string;
  server: string | null;
  /** ISO 8601; null for a live cluster. */
  recordedAt: string | null;
  /** The context's namespace: what a person without cluster-wide rights can look at. */
  namespace: string | null;
  /** Where it is defined; left out for a recording. */
  context?: Pick<ClusterContext, 'file' | 'origin' | 'user' | 'fingerprint'>;
  /** How its context connects; left out for a recording. Errors as of `ClusterContext.connection`. */
  connection?(): Promise<ConnectionSettings>;
  open(memory: ConnectionMemory): Promise<ClusterAccess>;
}

/** What the diagnosis needs of a cluster that somebody else opens and closes. */
export interface OpenCluster {
  readonly source: ClusterSource;
  /** Epoch milliseconds. */
  now(): number;
  access(): Promise<ClusterAccess>;
  /** The namespaces in which a kind can be listed; empty for all of them at once. */
  scopeOf(kind: ResourceKind): Promise<readonly string[]>;
  /** No namespaces: all of them, or those that can be looked at. The caller releases the list. */
  openList(kind: ResourceKind, namespaces: readonly string[]): Promise<LiveList>;
}
