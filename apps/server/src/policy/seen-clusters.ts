import type { AccessPolicy, Cluster, ClusterCost, Namespaces } from '@quarterdeck/contract';
import type { ClusterRegistry, RegisteredCluster } from '../clusters/cluster-registry.ts';
import type { ClusterRuntime } from '../clusters/cluster-runtime.ts';
import type { TypedNamespaces } from '../clusters/typed-namespaces.ts';
import type { Actor, GateCluster } from '../gate/decide.ts';
import type { Protection } from '../gate/protection.ts';
import { type NameInCluster, workbenchName } from '../identity/cluster-names.ts';
import { MetricsOfClusters } from '../metrics/metrics-of.ts';
import { type Authorize, Police } from './police.ts';
import { SeenCluster, type SeenMeans } from './seen-cluster.ts';
import { Sight } from './sight.ts';

/** What one person, or a program of theirs, asks for, as the wrapper that let them in knows it. */
export interface Asker {
  actor: Actor;
}

/** The clusters as one person sees them. */
export class SeenClusters {
  private readonly registry: ClusterRegistry;
  private readonly typed: TypedNamespaces;
  readonly actor: Actor;
  readonly sight: Sight;
  private readonly means: SeenMeans;

  constructor({ registry, typed }: Pick<DoorOptions, 'registry' | 'typed'>, actor: Actor, sight: Sight, means: SeenMeans) {
    this.registry = registry;
    this.typed = typed;
    this.actor = actor;
    this.sight = sight;
    this.means = means;
  }

  list(): Cluster[] {
    return this.registry.list().map((cluster) => this.marked(cluster));
  }

  costs(): ClusterCost[] {
    return this.registry.costs();
  }

  /** Undefined: the current cluster. Throws NOT_FOUND with the known names. */
  get(id: string | undefined): SeenCluster {
    return this.seen(this.registry.get(id));
  }

  find(id: string | undefined): SeenCluster | null {
    const runtime = this.registry.find(id);
    return runtime === null ? null : this.seen(runtime);
  }

  /** Makes a cluster the current one and connects it. One that can't be reached is selected all the same: its state says why. */
  async select(id: string): Promise<Cluster> {
    return this.asked(this.registry.select(id));
  }

  /** Connects a cluster, or tries again, and leaves the current one as it is. */
  async connect(id: string): Promise<Cluster> {
    return this.asked(this.registry.get(id));
  }

  private async asked(runtime: ClusterRuntime): Promise<Cluster> {
    // A person asks: what was refused or failed before is worth another attempt.
    runtime.retryNow();
    await runtime.connect().catch(() => null);
    return this.marked(this.registry.describe(runtime));
  }

  /** A person names or forgets namespaces of a cluster. Those that are hidden from them are left as they are. */
  async rememberNamespaces(id: string | undefined, { add, remove }: { add: readonly string[]; remove: readonly string[] }): Promise<Namespaces> {
    const runtime = this.registry.get(id);
    const seen = (names: readonly string[]) => names.filter((name) => this.sight.seesNamespace(name));
    await this.typed.change(runtime.source.id, { add: seen(add), remove: seen(remove) });
    await this.registry.scopeChanged(runtime);
    return this.seen(runtime).namespaces();
  }

  onChange(listener: () => void): () => void {
    return this.registry.onChange(listener);
  }

  /** Told when a cluster got another server, login or scope, or is gone: what was opened of it is to be opened anew. */
  onReplaced(listener: (cluster: string) => void): () => void {
    return this.registry.onReplaced(listener);
  }

  private marked(cluster: RegisteredCluster): Cluster {
    return { ...cluster, production: this.means.isProduction(cluster.id) };
  }

  private seen(runtime: ClusterRuntime): SeenCluster {
    return new SeenCluster(runtime, this.sight, this.means);
  }
}

export interface DoorOptions {
  registry: ClusterRegistry;
  typed: TypedNamespaces;
  authorize: Authorize;
  protection: Protection;
  /** Left out: everybody asks in the name of the workbench's own login. */
  nameInCluster?: NameInCluster;
}

/**
 * The only way from a person to a cluster. Nobody who answers people has the registry itself: a rule of the imports
 * sees to it.
 */
export class ClusterDoor {
  private readonly registry: ClusterRegistry;
  private readonly typed: TypedNamespaces;
  private readonly metrics = new MetricsOfClusters();
  private readonly police: Police;
  private readonly authorize: Authorize;
  private readonly protection: Protection;
  /** What is made for one policy serves as long as somebody has it. */
  private readonly sights = new WeakMap<AccessPolicy, Sight>();

  constructor({ registry, typed, authorize, protection, nameInCluster = workbenchName }: DoorOptions) {
    this.registry = registry;
    this.typed = typed;
    this.police = new Police(authorize, nameInCluster);
    this.authorize = authorize;
    this.protection = protection;
  }

  seenBy({ actor }: Asker): SeenClusters {
    const sight = this.sightOf(actor);
    const means: SeenMeans = {
      named: (access) => this.police.inTheirName(actor, access),
      police: (access, cluster) => this.police.access(actor, sight, access, cluster),
      authorize: (request, cluster) => this.authorize(actor, request, cluster),
      isProduction: this.protection.isProduction,
      metrics: this.metrics,
    };
    return new SeenClusters({ registry: this.registry, typed: this.typed }, actor, sight, means);
  }

  /** Whether a cluster can be changed, for the gate; null where there is none. */
  find(id: string | undefined): GateCluster | null {
    const runtime = this.registry.find(id);
    return runtime === null ? null : { readOnly: runtime.readOnly, production: this.protection.isProduction(runtime.source.id) };
  }

  close(): Promise<void> {
    return this.registry.close();
  }

  private sightOf({ policy }: Pick<Actor, 'policy'>): Sight {
    const known = this.sights.get(policy) ?? new Sight(policy);
    this.sights.set(policy, known);
    return known;
  }
}
