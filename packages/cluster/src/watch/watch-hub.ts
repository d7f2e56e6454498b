import { AppError, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { Reflector } from './reflector.ts';
import { systemWatchClock, type WatchClock } from './watch-clock.ts';
import type { WatchedList, WatchListener, WatchState } from './watched-list.ts';

/** A list that nobody uses stays open for so long: people go back to the page they just left. */
const lingerMs = 60_000;

interface Shared {
  reflector: Reflector;
  users: number;
  linger: AbortController | null;
}

/** The live lists of one cluster: one stream a kind and scope, opened on demand, shared and counted. */
export class WatchHub {
  private readonly access: Pick<ClusterAccess, 'list' | 'watch'>;
  private readonly clock: WatchClock;
  private readonly shared = new Map<string, Shared>();
  private closed = false;

  constructor(access: Pick<ClusterAccess, 'list' | 'watch'>, clock: WatchClock = systemWatchClock) {
    this.access = access;
    this.clock = clock;
  }

  /** How many streams are open, those that linger included. */
  get size(): number {
    return this.shared.size;
  }

  /** `namespace` null: all namespaces; it does not matter for cluster-scoped kinds. */
  open(kind: ResourceKind, namespace: string | null): WatchedList {
    if (this.closed) throw new AppError('CANCELLED', 'The connection to this cluster is closed.', { hint: 'Open the cluster again.' });
    const scope = kind.namespaced ? namespace : null;
    const key = `${kind.apiVersion}|${kind.plural}|${scope ?? ''}`;
    const shared = this.shared.get(key) ?? this.start(key, kind, scope);
    shared.users += 1;
    shared.linger?.abort();
    shared.linger = null;
    return new SharedList(shared.reflector, () => this.leave(key, shared));
  }

  /** Closes every stream; lists that are still held keep their last objects. */
  async close(): Promise<void> {
    this.closed = true;
    const all = [...this.shared.values()];
    this.shared.clear();
    for (const { linger } of all) linger?.abort();
    await Promise.all(all.map(({ reflector }) => reflector.stop()));
  }

  private start(key: string, kind: ResourceKind, namespace: string | null): Shared {
    const reflector = new Reflector(this.access, kind, namespace, this.clock);
    const shared: Shared = { reflector, users: 0, linger: null };
    this.shared.set(key, shared);
    reflector.start();
    return shared;
  }

  private leave(key: string, shared: Shared): void {
    shared.users -= 1;
    if (shared.users > 0 || this.closed) return;
    const linger = new AbortController();
    shared.linger = linger;
    this.clock.sleep(lingerMs, linger.signal).then(
      () => this.end(key, shared),
      () => undefined, // Opened again, or the hub closed: both took care of it.
    );
  }

  private end(key: string, shared: Shared): void {
    if (shared.users > 0 || this.shared.get(key) !== shared) return;
    this.shared.delete(key);
    void shared.reflector.stop();
  }
}

/** One user's hold on a shared list; releasing it also ends its subscriptions. */
class SharedList implements WatchedList {
  private readonly reflector: Reflector;
  private readonly leave: () => void;
  private readonly subscriptions = new Set<() => void>();
  private released = false;

  constructor(reflector: Reflector, leave: () => void) {
    this.reflector = reflector;
    this.leave = leave;
  }

  get objects(): ReadonlyMap<string, KubeObject> {
    return this.reflector.objects;
  }

  get state(): WatchState {
    return this.reflector.state;
  }

  get reason(): string | null {
    return this.reflector.reason;
  }

  get error(): AppError | null {
    return this.reflector.error;
  }

  get asOf(): number | null {
    return this.reflector.asOf;
  }

  subscribe(listener: WatchListener): () => void {
    const end = this.reflector.subscribe(listener);
    this.subscriptions.add(end);
    return () => {
      this.subscriptions.delete(end);
      end();
    };
  }

  release(): void {
    if (this.released) return;
    this.released = true;
    for (const end of this.subscriptions) end();
    this.leave();
  }
}
