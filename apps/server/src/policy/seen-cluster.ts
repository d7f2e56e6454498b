import type { ClusterAccess, HeldRows, JudgedRequest, KindsFreshness } from '@quarterdeck/cluster';
import type { AppError, Namespaces, ObjectRef, ResourceKind } from '@quarterdeck/contract';
import type { ClusterRuntime } from '../clusters/cluster-runtime.ts';
import type { LiveList } from '../clusters/live-list.ts';
import { servedKind } from '../clusters/served-kind.ts';
import type { FeedHold } from '../clusters/shared-feed.ts';
import type { GateCluster } from '../gate/decide.ts';
import type { MetricsOfClusters } from '../metrics/metrics-of.ts';
import { notThere } from './not-there.ts';
import { DiagnosedAccess, DiagnosedCluster } from './seen-diagnosis.ts';
import { seenIssues } from './seen-issues.ts';
import { emptyList, seenList } from './seen-list.ts';
import { type MetricsOfCluster, SeenMetrics } from './seen-metrics.ts';
import { SeenRows } from './seen-rows.ts';
import { isNamespace, type Sight } from './sight.ts';

/** How a cluster is seen, besides by its policy. */
export interface SeenMeans {
  /** The access of all, in the name of this person where people ask in their own. */
  named(access: ClusterAccess): ClusterAccess;
  /** What stands between this person and the access of all. */
  police(access: ClusterAccess, cluster: GateCluster): ClusterAccess;
  /** Why a request may not be made, by what it does; null where it may. */
  authorize(request: JudgedRequest, cluster: GateCluster): AppError | null;
  isProduction(cluster: string): boolean;
  metrics: MetricsOfClusters;
}

/** What handlers may know of where a cluster comes from. */
type SeenSource = Pick<ClusterRuntime['source'], 'id' | 'name' | 'server' | 'namespace' | 'recordedAt'>;

/**
 * A cluster as one person sees it: what handlers, live subscriptions and tools work with. Who sees all works with the
 * shared streams, rows and diagnosis themselves; for everybody else the same ones are filtered before anything is
 * counted. What is hidden is NOT_FOUND, or not in the list.
 */
export class SeenCluster {
  private readonly runtime: ClusterRuntime;
  private readonly sight: Sight;
  private readonly means: SeenMeans;

  constructor(runtime: ClusterRuntime, sight: Sight, means: SeenMeans) {
    this.runtime = runtime;
    this.sight = sight;
    this.means = means;
  }

  get source(): SeenSource {
    const { id, name, server, namespace, recordedAt } = this.runtime.source;
    return { id, name, server, namespace: namespace !== null && this.sight.seesNamespace(namespace) ? namespace : null, recordedAt };
  }

  get readOnly(): boolean {
    return this.runtime.readOnly;
  }

  /** Whether others live by it: see `protectionOf`. */
  get production(): boolean {
    return this.means.isProduction(this.runtime.source.id);
  }

  /** Under which name dismissals and the history of issues are kept: who sees other issues has other ones. */
  get board(): string {
    return boardOfSight(this.runtime.source.id, this.sight);
  }

  now(): number {
    return this.runtime.now();
  }

  status(): ReturnType<ClusterRuntime['status']> {
    return this.runtime.status();
  }

  sees(ref: ObjectRef): boolean {
    return this.sight.sees(ref);
  }

  seesAllOf(kind: Pick<ResourceKind, 'apiVersion' | 'kind' | 'namespaced'>): boolean {
    return this.sight.seesAllOf(kind);
  }

  async access(): Promise<ClusterAccess> {
    return this.means.police(await this.runtime.access(), this);
  }

  /** For a check of its own, which must know what it was not shown. */
  async accessForCheck(): Promise<ClusterAccess> {
    return this.sight.whole ? this.access() : new DiagnosedAccess(this.means.named(await this.runtime.access()), this.sight);
  }

  /** For what speaks to the cluster by another way than the access: a child process. */
  authorize(request: JudgedRequest): AppError | null {
    return this.means.authorize(request, this);
  }

  async kinds(signal: AbortSignal, freshness?: KindsFreshness): Promise<ResourceKind[]> {
    const all = await this.runtime.kinds(signal, freshness);
    return this.sight.whole ? all : all.filter((kind) => this.sight.seesKind(kind));
  }

  /** The kind that `Pod`, `pods`, `po` or `Kind.group` means. Throws NOT_FOUND with the nearest names. */
  kind(text: string, signal: AbortSignal): Promise<ResourceKind> {
    return servedKind((freshness) => this.kinds(signal, freshness), text);
  }

  /** No namespaces: all of them. The caller releases the list. */
  async openList(kind: ResourceKind, namespaces: readonly string[]): Promise<LiveList> {
    const wanted = this.wanted(kind, namespaces);
    if (wanted === null) return emptyList(this.now());
    const list = await this.runtime.openList(kind, wanted);
    return this.sight.whole ? list : seenList(list, this.sight);
  }

  /** The rows of a kind, as tables show them. No namespaces: all of them. The caller releases them. */
  async openRows(kind: ResourceKind, namespaces: readonly string[]): Promise<HeldRows> {
    const wanted = this.wanted(kind, namespaces);
    const rows = await this.runtime.openRows(kind, wanted ?? []);
    if (this.sight.whole) return rows;
    return new SeenRows(rows, { kind, sight: this.sight, nothing: wanted === null, now: () => this.now() });
  }

  /** The namespaces asked for; where none are, those that are visible. Empty: all of them. */
  async scopeOf(kind: ResourceKind, namespaces: readonly string[] = []): Promise<readonly string[]> {
    if (namespaces.length > 0) return namespaces;
    return this.sight.whole ? this.runtime.scopeOf(kind) : new DiagnosedCluster(this.runtime, this.sight).scopeOf(kind);
  }

  async namespaces(): Promise<Namespaces> {
    const all = await this.runtime.reach.namespaces();
    return this.sight.whole ? all : { ...all, namespaces: all.namespaces.filter(({ name }) => this.sight.seesNamespace(name)) };
  }

  /** What is broken, shared by all who see the same; the caller releases its hold. */
  async holdIssues(): Promise<FeedHold> {
    if (this.sight.whole) return this.runtime.holdIssues();
    const whole = await this.runtime.holdIssues();
    try {
      const own = await this.runtime.holdIssuesFor(this.board, () => new DiagnosedCluster(this.runtime, this.sight));
      return seenIssues(own, whole, this.sight);
    } catch (thrown) {
      whole.release();
      throw thrown;
    }
  }

  async metrics(): Promise<MetricsOfCluster> {
    const all = await this.means.metrics.of(this.runtime);
    return this.sight.whole ? all : new SeenMetrics(all, this.sight);
  }

  /** Of the namespaces that are asked for, those that may be opened; null for none of them. */
  private wanted(kind: ResourceKind, namespaces: readonly string[]): readonly string[] | null {
    if (!isNamespace(kind) && !this.sight.seesKind(kind)) throw notThere(`kind ${kind.kind}`);
    if (!kind.namespaced || namespaces.length === 0) return namespaces;
    const visible = namespaces.filter((name) => this.sight.seesNamespace(name));
    return visible.length === 0 ? null : visible;
  }
}

export function boardOfSight(cluster: string, sight: Sight): string {
  return sight.whole ? cluster : JSON.stringify([cluster, sight.id]);
}
