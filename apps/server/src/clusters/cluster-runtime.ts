import type { ClusterAccess, HeldRows, KindsFreshness, ListStatus } from '@quarterdeck/cluster';
import { type ApiCost, type Cluster, type ResourceKind, retryable, toAppError } from '@quarterdeck/contract';
import { ClusterConnection, type OpenConnection } from './cluster-connection.ts';
import { ClusterReach } from './cluster-reach.ts';
import type { ClusterSource, OpenCluster } from './cluster-source.ts';
import { asksPerson, connectionState } from './connection-state.ts';
import { createIssueFeed, type IssueFeed } from './issue-feed.ts';
import type { IssuesChecked } from './issues-checked.ts';
import { joinLists, type LiveList } from './live-list.ts';
import { servedKind } from './served-kind.ts';
import { type FeedHold, SharedFeed } from './shared-feed.ts';

/** Somebody who asked within this time is still looking. Milliseconds. */
const attention = 300_000;

/** Everything that is open for one cluster. It connects when it is first used and closes with `close`. */
export class ClusterRuntime implements OpenCluster {
  /** What may be listed where. */
  readonly reach: ClusterReach;
  private described: ClusterSource;
  private readonly connection: ClusterConnection;
  private askedAt = Number.NEGATIVE_INFINITY;
  private seen: { state: Cluster['state']; since: string };
  private readonly lists = new Map<ListStatus, string>();
  private readonly listeners = new Set<() => void>();
  /** By their board: that of the whole cluster, and one for each policy under which somebody looks at it. */
  private readonly feeds = new Map<string, SharedFeed>();
  private readonly onChecked: IssuesChecked;

  /** `typed`: the namespaces that a person named for it. */
  constructor(source: ClusterSource, onChecked: IssuesChecked, typed: () => readonly string[] = () => []) {
    this.described = source;
    this.onChecked = onChecked;
    this.reach = new ClusterReach(
      () => this.access(),
      () => ({ context: this.source.namespace, typed: typed() }),
    );
    this.connection = new ClusterConnection(source, () => this.changed());
    this.seen = { state: this.connectionNow().state, since: new Date().toISOString() };
  }

  get source(): ClusterSource {
    return this.described;
  }

  get readOnly(): boolean {
    return this.source.recordedAt !== null;
  }

  /** Epoch milliseconds. In a recording it is always the moment of the recording: nothing in it grows older. */
  readonly now = (): number => (this.source.recordedAt === null ? Date.now() : Date.parse(this.source.recordedAt));

  /** What people see of the connection; `current` and `kubeconfigCurrent` are the registry's to say, `production` the gate's. */
  status(): Omit<Cluster, 'current' | 'kubeconfigCurrent' | 'production'> {
    const { id, name, server, recordedAt, context } = this.source;
    const heard = [...[...this.lists.keys()].map((list) => list.asOf), this.connection.meter.heardAt].filter((asOf) => asOf !== null);
    const asOf = recordedAt ?? (heard.length === 0 ? null : new Date(Math.max(...heard)).toISOString());
    const about = { user: context?.user ?? null, file: context?.file ?? null, uploaded: context?.origin === 'uploaded' };
    const { version } = this.connection;
    return { id, name, server, ...about, version, readOnly: this.readOnly, ...this.connectionNow(), since: this.seen.since, asOf };
  }

  /** Whether somebody asked for it since it was made. */
  get isUsed(): boolean {
    return this.connection.phase !== 'idle';
  }

  /** Whether a program of the login runs and waits for its person. */
  get isLoggingIn(): boolean {
    return this.connection.error === null && asksPerson(this.connection.loginProgress);
  }

  /** Whether the network may be what is wrong. */
  get mayMendByItself(): boolean {
    const { error, silence } = this.connection;
    const failures = [error, silence, ...[...this.lists.keys()].map((list) => list.error)];
    return failures.some((failure) => failure !== null && retryable[failure.code]);
  }

  cost(): ApiCost {
    return this.connection.meter.report();
  }

  /** Takes over what is told of the same connection: another file, another namespace. */
  describe(source: ClusterSource): void {
    this.described = source;
    this.changed();
  }

  /** Connects, or tries again where it failed. Concurrent calls share one attempt. */
  async connect(): Promise<OpenConnection> {
    this.askedAt = Date.now();
    return this.connection.connect();
  }

  /** Something changed that may mend a connection that failed: a login, the network. */
  retryNow(): void {
    this.reach.forget();
    if (this.isUsed) this.connection.retryNow();
  }

  /** Somebody named or forgot a namespace: what follows looks there as well. Whoever holds lists or issues opens them anew. */
  async changeScope(): Promise<void> {
    this.reach.forget();
    await this.closeFeeds();
  }

  /** Asks a cluster that is looked at, and of which nothing is watched, for a sign of life. */
  async beat(): Promise<void> {
    if (this.readOnly || this.lists.size > 0 || Date.now() - this.askedAt > attention) return;
    await this.connection.beat();
  }

  async access(): Promise<ClusterAccess> {
    return (await this.connect()).access;
  }

  async kinds(signal: AbortSignal, freshness?: KindsFreshness): Promise<ResourceKind[]> {
    const access = await this.access();
    try {
      return await access.kinds(signal, freshness);
    } catch (thrown) {
      this.connection.noteFailure(toAppError(thrown));
      throw thrown;
    }
  }

  /** The kind that `Pod`, `pods`, `po` or `Kind.group` means. Throws NOT_FOUND with the nearest names. */
  kind(text: string, signal: AbortSignal): Promise<ResourceKind> {
    return servedKind((freshness) => this.kinds(signal, freshness), text);
  }

  /** No namespaces: all of them. The caller releases the list. */
  async openList(kind: ResourceKind, namespaces: readonly string[]): Promise<LiveList> {
    const { hub } = await this.connect();
    const wanted = await this.scopeOf(kind, namespaces);
    const scopes = kind.namespaced && wanted.length > 0 ? [...new Set(wanted)] : [null];
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
    const rows = await hub.openRows(kind, await this.scopeOf(kind, namespaces), () => {
      this.lists.delete(rows);
      this.changed();
    });
    this.lists.set(rows, kind.plural);
    rows.subscribe(() => this.changed());
    return rows;
  }

  /** The namespaces asked for; where none are, and not all may be listed at once, those that we can look at. Empty: all of them. */
  async scopeOf(kind: ResourceKind, namespaces: readonly string[] = []): Promise<readonly string[]> {
    return namespaces.length > 0 ? namespaces : this.reach.scopeOf(kind);
  }

  /** What is broken in this cluster. The diagnosis is shared by all who hold it; the caller releases its hold. */
  holdIssues(): Promise<FeedHold> {
    return this.holdIssuesFor(this.source.id, () => this);
  }

  /** The same of a part of the cluster, shared by all who name the same board. */
  holdIssuesFor(board: string, part: () => OpenCluster): Promise<FeedHold> {
    const feed = this.feeds.get(board) ?? new SharedFeed(() => this.openFeed(board, part()));
    this.feeds.set(board, feed);
    return feed.hold();
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ends every list, watch and call of this cluster. */
  async close(): Promise<void> {
    this.listeners.clear();
    this.reach.close();
    await this.closeFeeds();
    await this.connection.close();
  }

  private async openFeed(board: string, part: OpenCluster): Promise<IssueFeed> {
    const feed = await createIssueFeed(part);
    const whole = part === this;
    feed.subscribe(() => {
      if (feed.checkedAt() !== null) this.onChecked(board, { issues: feed.issues(), complete: feed.settled(), whole });
    });
    return feed;
  }

  private async closeFeeds(): Promise<void> {
    const feeds = [...this.feeds.values()];
    this.feeds.clear();
    await Promise.all(feeds.map((feed) => feed.close()));
  }

  private connectionNow() {
    const { phase, error, silence, loginProgress, deadApis } = this.connection;
    const lists = [...this.lists].map(([list, what]) => ({ what, state: list.state, error: list.error }));
    return connectionState({ recordedAt: this.source.recordedAt, phase, error, silence, loginProgress, deadApis, lists });
  }

  private changed(): void {
    const { state } = this.connectionNow();
    if (state !== this.seen.state) this.seen = { state, since: new Date().toISOString() };
    for (const listener of this.listeners) listener();
  }
}
