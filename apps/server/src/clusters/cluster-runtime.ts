import { type ClusterAccess, findKind, type HeldRows, type ListStatus, WatchHub } from '@quarterdeck/cluster';
import { type AppError, type Cluster, type ResourceKind, retryable, toAppError } from '@quarterdeck/contract';
import type { ClusterSource, OpenCluster } from './cluster-source.ts';
import { connectionState } from './connection-state.ts';
import { createIssueFeed, type IssueFeed } from './issue-feed.ts';
import { joinLists, type LiveList } from './live-list.ts';
import { type FeedHold, SharedFeed } from './shared-feed.ts';

interface Connection {
  access: ClusterAccess;
  hub: WatchHub;
}

/** Milliseconds until a failed connection is tried again: the first pause, and the longest after doubling. */
const firstPause = 1_000;
const longestPause = 30_000;

/** Told after every check that saw all there is to see: the ids of the issues that are open now. */
export type IssuesChecked = (cluster: string, open: ReadonlySet<string>) => void;

/** Everything that is open for one cluster. It connects when it is first used and closes with `close`. */
export class ClusterRuntime implements OpenCluster {
  readonly source: ClusterSource;
  private connection: Promise<Connection> | null = null;
  private phase: 'idle' | 'connecting' | 'connected' | 'failed' = 'idle';
  private error: AppError | null = null;
  private pause = firstPause;
  private retry: NodeJS.Timeout | null = null;
  private version: string | null = null;
  private readonly lists = new Map<ListStatus, string>();
  private readonly listeners = new Set<() => void>();
  private readonly closing = new AbortController();
  private readonly feed = new SharedFeed(() => this.openFeed());
  private readonly onChecked: IssuesChecked;

  constructor(source: ClusterSource, onChecked: IssuesChecked) {
    this.source = source;
    this.onChecked = onChecked;
  }

  get readOnly(): boolean {
    return this.source.recordedAt !== null;
  }

  /** Epoch milliseconds. In a recording it is always the moment of the recording: nothing in it grows older. */
  readonly now = (): number => (this.source.recordedAt === null ? Date.now() : Date.parse(this.source.recordedAt));

  /** What people see of the connection; `current` is the registry's to say. */
  status(): Omit<Cluster, 'current'> {
    const { id, name, server, recordedAt } = this.source;
    const lists = [...this.lists].map(([list, what]) => ({ what, state: list.state, error: list.error }));
    const heard = [...this.lists.keys()].map((list) => list.asOf).filter((asOf) => asOf !== null);
    const asOf = recordedAt ?? (heard.length === 0 ? null : new Date(Math.max(...heard)).toISOString());
    const connection = connectionState({ recordedAt, phase: this.phase, error: this.error, lists });
    return { id, name, server, version: this.version, readOnly: this.readOnly, ...connection, asOf };
  }

  /** Connects, or tries again where it failed. Concurrent calls share one attempt. */
  async connect(): Promise<Connection> {
    this.closing.signal.throwIfAborted();
    this.connection ??= this.open();
    return this.connection;
  }

  async access(): Promise<ClusterAccess> {
    return (await this.connect()).access;
  }

  async kinds(signal: AbortSignal): Promise<ResourceKind[]> {
    return (await this.access()).kinds(signal);
  }

  /** The kind that `Pod`, `pods`, `po` or `Kind.group` means. Throws NOT_FOUND with the nearest names. */
  async kind(text: string, signal: AbortSignal): Promise<ResourceKind> {
    return findKind(await this.kinds(signal), text);
  }

  /** No namespaces: all of them. The caller releases the list. */
  async openList(kind: ResourceKind, namespaces: readonly string[]): Promise<LiveList> {
    const { hub } = await this.connect();
    const scopes = kind.namespaced && namespaces.length > 0 ? [...new Set(namespaces)] : [null];
    const lists = scopes.map((namespace) => hub.open(kind, namespace));
    const joined = joinLists(lists, () => {
      this.lists.delete(joined);
      this.changed();
    });
    this.lists.set(joined, kind.plural);
    joined.subscribe(() => this.changed());
    return joined;
  }

  /** The rows of a kind, as tables show them. No namespaces: all of them. The caller releases them. */
  async openRows(kind: ResourceKind, namespaces: readonly string[]): Promise<HeldRows> {
    const { hub } = await this.connect();
    const rows = await hub.openRows(kind, namespaces, () => {
      this.lists.delete(rows);
      this.changed();
    });
    this.lists.set(rows, kind.plural);
    rows.subscribe(() => this.changed());
    return rows;
  }

  /** What is broken in this cluster. The diagnosis is shared by all who hold it; the caller releases its hold. */
  holdIssues(): Promise<FeedHold> {
    return this.feed.hold();
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ends every list, watch and call of this cluster. */
  async close(): Promise<void> {
    this.closing.abort();
    if (this.retry !== null) clearTimeout(this.retry);
    await this.feed.close();
    const connection = await this.connection?.catch(() => null);
    await connection?.hub.close();
    await connection?.access.close();
    this.listeners.clear();
  }

  private async open(): Promise<Connection> {
    if (this.retry !== null) clearTimeout(this.retry);
    this.become('connecting', null);
    try {
      const access = await this.source.open();
      this.version = await versionOrClose(access, this.closing.signal);
      this.pause = firstPause;
      this.become('connected', null);
      return { access, hub: new WatchHub(access) };
    } catch (thrown) {
      const error = toAppError(thrown);
      this.connection = null;
      this.become('failed', error);
      this.tryLater(error);
      throw error;
    }
  }

  /** What may pass by itself (a network, a restarting API server) is tried again by itself. */
  private tryLater(error: AppError): void {
    if (!retryable[error.code] || this.closing.signal.aborted) return;
    this.retry = setTimeout(() => {
      this.connect().catch(() => undefined); // Its state says what happened, and the next attempt is planned.
    }, this.pause).unref();
    this.pause = Math.min(longestPause, this.pause * 2);
  }

  private async openFeed(): Promise<IssueFeed> {
    const feed = await createIssueFeed(this);
    feed.subscribe(() => {
      if (feed.settled()) this.onChecked(this.source.id, new Set(feed.issues().map((issue) => issue.id)));
    });
    return feed;
  }

  private become(phase: 'connecting' | 'connected' | 'failed', error: AppError | null): void {
    this.phase = phase;
    this.error = error;
    this.changed();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

/** What was opened and does not answer is closed again: it is opened anew with every attempt. */
async function versionOrClose(access: ClusterAccess, signal: AbortSignal): Promise<string> {
  try {
    return (await access.version(signal)).gitVersion;
  } catch (thrown) {
    await access.close();
    throw thrown;
  }
}
