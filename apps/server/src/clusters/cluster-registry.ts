import { AppError, type Cluster } from '@quarterdeck/contract';
import { ClusterRuntime, type IssuesChecked } from './cluster-runtime.ts';
import type { ClusterSource } from './cluster-source.ts';

/** What there is to choose from, and what is chosen at first; null: a person must choose. */
export interface ClusterSources {
  sources: readonly ClusterSource[];
  current: string | null;
}

/** The clusters of this workbench, of which one is the current one. None is connected before somebody asks for it. */
export class ClusterRegistry {
  private readonly runtimes: ReadonlyMap<string, ClusterRuntime>;
  private readonly listeners = new Set<() => void>();
  private current: string | null;

  constructor({ sources, current }: ClusterSources, onChecked: IssuesChecked) {
    this.runtimes = new Map(sources.map((source) => [source.id, new ClusterRuntime(source, onChecked)]));
    this.current = current;
    for (const runtime of this.runtimes.values()) runtime.onChange(() => this.changed());
  }

  list(): Cluster[] {
    return [...this.runtimes.values()].map((runtime) => this.describe(runtime));
  }

  describe(runtime: ClusterRuntime): Cluster {
    return { ...runtime.status(), current: runtime.source.id === this.current };
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

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.listeners.clear();
    await Promise.all([...this.runtimes.values()].map((runtime) => runtime.close()));
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
