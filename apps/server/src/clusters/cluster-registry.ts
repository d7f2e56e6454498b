import { AppError, type Cluster, type ClusterCost } from '@quarterdeck/contract';
import { ClusterRuntime } from './cluster-runtime.ts';
import type { ClusterSource } from './cluster-source.ts';
import type { IssuesChecked } from './issues-checked.ts';
import { watchNetwork } from './network-changes.ts';

/** What there is to choose from, and what is chosen at first; null: a person must choose. */
export interface ClusterSources {
  sources: readonly ClusterSource[];
  current: string | null;
  /** Where the sources come from, for those that change while the workbench runs. Closed with the registry. */
  library?: SourceLibrary;
}

export interface SourcesChange {
  sources: readonly ClusterSource[];
  kubeconfigCurrent: string | null;
  /** Ids of those whose login may work now although nothing else changed. */
  touched: ReadonlySet<string>;
}

export interface SourceLibrary {
  readonly kubeconfigCurrent: string | null;
  onChange(listener: (change: SourcesChange) => void): () => void;
  close(): void;
}

/** Milliseconds between two rounds of asking for a sign of life. */
const beatInterval = 30_000;

/** A cluster before it is said how it is protected. */
export type RegisteredCluster = Omit<Cluster, 'production'>;

/** The clusters of this workbench, of which one is the current one. None is connected before somebody asks for it. */
export class ClusterRegistry {
  private runtimes = new Map<string, ClusterRuntime>();
  private readonly listeners = new Set<() => void>();
  private readonly replacedListeners = new Set<(cluster: string) => void>();
  private readonly library: SourceLibrary | null;
  private readonly onChecked: IssuesChecked;
  private readonly typed: (cluster: string) => readonly string[];
  private readonly beats: NodeJS.Timeout;
  private readonly endNetwork: () => void;
  private readonly closings = new Set<Promise<void>>();
  private current: string | null;
  private kubeconfigCurrent: string | null;

  /** `typed`: the namespaces that a person named for a cluster. */
  constructor({ sources, current, library }: ClusterSources, onChecked: IssuesChecked, typed: (cluster: string) => readonly string[] = () => []) {
    this.onChecked = onChecked;
    this.typed = typed;
    this.current = current;
    this.library = library ?? null;
    this.kubeconfigCurrent = library?.kubeconfigCurrent ?? current;
    for (const source of sources) this.runtimes.set(source.id, this.start(source));
    library?.onChange((change) => this.update(change));
    this.beats = setInterval(() => this.beat(), beatInterval).unref();
    this.endNetwork = watchNetwork(() => this.retryAll());
  }

  list(): RegisteredCluster[] {
    return [...this.runtimes.values()].map((runtime) => this.describe(runtime));
  }

  describe(runtime: ClusterRuntime): RegisteredCluster {
    const { id } = runtime.source;
    return { ...runtime.status(), current: id === this.current, kubeconfigCurrent: id === this.kubeconfigCurrent };
  }

  /** What is asked of each cluster that somebody used. */
  costs(): ClusterCost[] {
    const used = [...this.runtimes.values()].filter((runtime) => runtime.isUsed && !runtime.readOnly);
    return used.map((runtime) => ({ cluster: runtime.source.id, cost: runtime.cost() }));
  }

  /** Undefined: the current cluster. Throws NOT_FOUND with the known names. */
  get(id: string | undefined): ClusterRuntime {
    const runtime = this.find(id);
    if (runtime !== null) return runtime;
    const known = [...this.runtimes.keys()];
    const hint = known.length === 0 ? 'The kubeconfig has no usable context.' : `Choose one of: ${known.join(', ')}.`;
    const message = id === undefined ? 'No cluster is selected.' : `There is no cluster "${id}".`;
    throw new AppError('NOT_FOUND', message, { hint, details: { clusters: known } });
  }

  find(id: string | undefined): ClusterRuntime | null {
    const wanted = id ?? this.current;
    return wanted === null ? null : (this.runtimes.get(wanted) ?? null);
  }

  /** Makes a cluster the current one. */
  select(id: string): ClusterRuntime {
    const runtime = this.get(id);
    this.current = id;
    this.changed();
    return runtime;
  }

  /** A person named or forgot a namespace of a cluster: what is open of it begins anew. */
  async scopeChanged(runtime: ClusterRuntime): Promise<void> {
    await runtime.changeScope();
    this.tellReplaced(runtime.source.id);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Told when a cluster got another server, login or scope, or is gone: what was opened of it is to be opened anew. */
  onReplaced(listener: (cluster: string) => void): () => void {
    this.replacedListeners.add(listener);
    return () => this.replacedListeners.delete(listener);
  }

  async close(): Promise<void> {
    clearInterval(this.beats);
    this.endNetwork();
    this.library?.close();
    this.listeners.clear();
    this.replacedListeners.clear();
    await Promise.all([...this.closings, ...[...this.runtimes.values()].map((runtime) => runtime.close())]);
  }

  /** What kept its server and login keeps its connection. The kubeconfig's current-context is shown, never followed. */
  private update({ sources, kubeconfigCurrent, touched }: SourcesChange): void {
    const before = this.runtimes;
    this.kubeconfigCurrent = kubeconfigCurrent;
    this.runtimes = new Map(sources.map((source) => [source.id, this.keepOrReplace(before.get(source.id) ?? null, source, touched)]));
    const ended = [...before].filter(([id, runtime]) => this.runtimes.get(id) !== runtime);
    for (const [, runtime] of ended) this.end(runtime);
    this.changed();
    for (const [id] of ended) this.tellReplaced(id);
  }

  private tellReplaced(cluster: string): void {
    for (const listener of this.replacedListeners) listener(cluster);
  }

  private keepOrReplace(known: ClusterRuntime | null, source: ClusterSource, touched: ReadonlySet<string>): ClusterRuntime {
    if (known === null) return this.start(source);
    if (known.source.context?.fingerprint === source.context?.fingerprint) {
      known.describe(source);
      if (touched.has(source.id)) known.retryNow();
      return known;
    }
    const fresh = this.start(source);
    // Somebody was using it: its state says what comes of it.
    if (known.isUsed) fresh.connect().catch(() => undefined);
    return fresh;
  }

  private start(source: ClusterSource): ClusterRuntime {
    const runtime = new ClusterRuntime(source, this.onChecked, () => this.typed(source.id));
    runtime.onChange(() => this.changed());
    return runtime;
  }

  private end(runtime: ClusterRuntime): void {
    const closing = runtime.close().finally(() => this.closings.delete(closing));
    this.closings.add(closing);
  }

  /** The network is another one: what waits to be tried again is tried now. A login that failed is left alone. */
  private retryAll(): void {
    for (const runtime of this.runtimes.values()) if (runtime.mayMendByItself) runtime.retryNow();
  }

  /** Only while somebody looks at the clusters. */
  private beat(): void {
    if (this.listeners.size === 0) return;
    for (const runtime of this.runtimes.values()) void runtime.beat();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
