import type { BuiltInKind, KubeObject, ResourceKind } from '@quarterdeck/contract';
import type { EvidenceReader } from '../evidence/evidence.ts';
import type { Impersonation, Transport } from '../transport/transport.ts';

export interface ListOptions {
  /** Left out: all namespaces. Ignored for cluster-scoped kinds. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** Metadata alone, with what the server prints of each object: see `PrintedObject`. */
  printed?: boolean;
  signal: AbortSignal;
}

export interface ListPage {
  items: KubeObject[];
  /** From where a watch continues after the last page; empty while there are more pages. */
  resourceVersion: string;
}

export type WatchEvent =
  | { type: 'added' | 'modified' | 'deleted'; object: KubeObject; resourceVersion: string }
  /** `initialEventsEnd`: all that there was has been told. */
  | { type: 'bookmark'; resourceVersion: string; initialEventsEnd?: boolean };

export interface WatchOptions extends ListOptions {
  resourceVersion: string;
}

export interface LogRequest {
  namespace: string;
  pod: string;
  container: string;
  previous: boolean;
  /** Lines from the end. */
  lines: number;
  signal: AbortSignal;
}

/** `anew`: for who misses a kind, which may have been installed a moment ago. Default: what is known. */
export type KindsFreshness = 'known' | 'anew';

export interface ClusterVersion {
  gitVersion: string;
  major: number;
  minor: number;
}

/**
 * Read access to one cluster, live or recorded. Every call throws an AppError: FORBIDDEN (403), NOT_FOUND (404),
 * GONE (410: list anew), RATE_LIMITED, CLUSTER_UNREACHABLE, CLUSTER_AUTH_FAILED, CLUSTER_ERROR, CANCELLED.
 * Objects arrive with `apiVersion` and `kind` filled in, with `managedFields.fieldsV1` only where it tells of a change
 * (who wrote and when is always kept), and Secrets without values: see `withoutSecretValues`.
 */
export interface ClusterAccess {
  /** The kubeconfig context or the bundle's id. */
  readonly id: string;
  readonly server: string | null;
  /** Whether nothing can be changed here (a recording). */
  readonly recordedAt: string | null;
  /** The namespaces it holds; null for the whole cluster. A recording may be of some. */
  readonly namespaces: readonly string[] | null;
  version(signal: AbortSignal): Promise<ClusterVersion>;
  /** The kinds that can be listed, from discovery; one entry a kind, in the group's preferred version. */
  kinds(signal: AbortSignal, freshness?: KindsFreshness): Promise<ResourceKind[]>;
  list(kind: ResourceKind, options: ListOptions): AsyncIterable<ListPage>;
  /**
   * Begins with a bookmark of the version asked for as soon as the stream stands. Ends when the server ends it or
   * falls silent; the caller watches again from the last resourceVersion. GONE: that version is too old, list anew.
   */
  watch(kind: ResourceKind, options: WatchOptions): AsyncIterable<WatchEvent>;
  /**
   * A list as the beginning of a watch: a bookmark as soon as the stream stands, `added` for all that there is, a
   * bookmark with `initialEventsEnd`, then what happens. VALIDATION_ERROR: this server can't, list in pages. Not there
   * where nothing is live.
   */
  watchList?(kind: ResourceKind, options: ListOptions): AsyncIterable<WatchEvent>;
  get(kind: ResourceKind, namespace: string | null, name: string, signal: AbortSignal): Promise<KubeObject>;
  /** The same cluster in somebody's name, over the same connections; it need not be closed. Throws VALIDATION_ERROR for who must not be named. Not there where nothing is live. */
  as?(who: Impersonation): ClusterAccess;
  /** The last lines of a container's log, each with its RFC 3339 timestamp in front, oldest first. */
  log(request: LogRequest): Promise<string[]>;
  /** Answers the engine's questions that no list can answer. */
  readonly evidence: EvidenceReader;
  /** Everything else that the API server does: changes, shells, followed logs. Null in a recording; see `apiOf`. */
  readonly api: Transport | null;
  close(): Promise<void>;
}

/** Whether a kind was read: `absent` is a kind the cluster does not serve, `forbidden` one we may not list. */
export type KindCoverage = 'read' | 'absent' | 'forbidden' | 'failed' | 'unread';

/** A kind that a CustomResourceDefinition adds, in the version that its objects are read in. */
export interface CustomKind {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  /** `read` where all its objects of the scope are known. */
  coverage: KindCoverage;
  /** Why it is not `read`, in words for people; null where it is, and where it is left out on purpose. */
  reason: string | null;
}

/** The objects of the kinds that were asked for, at one moment, with what could not be read. */
export interface ClusterSnapshot {
  clusterId: string;
  version: ClusterVersion | null;
  /** Epoch milliseconds. */
  takenAt: number;
  /** The namespaces it is limited to; null for the whole cluster. Cluster-scoped objects are always in it. */
  scope: readonly string[] | null;
  objects: KubeObject[];
  coverage: Partial<Record<BuiltInKind, KindCoverage>>;
  /** Why a kind is not `read`, in words for people. */
  reasons: Partial<Record<BuiltInKind, string>>;
  /** The custom kinds of the cluster, where CustomResourceDefinitions were asked for; their objects are among `objects`. */
  customKinds: readonly CustomKind[];
}
