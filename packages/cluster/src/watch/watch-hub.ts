import { AppError, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { sharedFor } from '../access/shared-call.ts';
import { chooseProjection } from '../rows/choose-projection.ts';
import type { Projection } from '../rows/projection.ts';
import type { RowList } from '../rows/row-list.ts';
import { RowSet } from '../rows/row-set.ts';
import type { RowQuery, RowView } from '../rows/row-view.ts';
import { SharedStream } from './shared-stream.ts';
import { systemWatchClock, type WatchClock } from './watch-clock.ts';
import type { WatchedList, WatchListener, WatchState } from './watched-list.ts';

/** What a CRD says of its columns may change; a new table asks again after this time. */
const projectionLifetimeMs = 60_000;

/** Rows that somebody looks at. */
export interface HeldRows extends RowList {
  /** A view of the rows: see `RowView`. The caller leaves it. Throws VALIDATION_ERROR. */
  look(query: RowQuery): { view: RowView; leave(): void };
  /** Ends this use of the rows, not the views of it; calling it again does nothing. */
  release(): void;
}

export type HubAccess = Pick<ClusterAccess, 'list' | 'watch' | 'watchList' | 'get' | 'recordedAt'>;

interface RowUse {
  set: RowSet;
  users: number;
  release(): void;
}

/** The live lists of one cluster: one stream a kind and scope, opened on demand, shared and counted. */
export class WatchHub {
  private readonly access: HubAccess;
  private readonly clock: WatchClock;
  /** What ages are measured by: nothing in a recording grows older. */
  private readonly now: () => number;
  private readonly streams = new Map<string, SharedStream>();
  private readonly rowSets = new Map<string, RowUse>();
  private readonly projections = new Map<string, (signal: AbortSignal) => Promise<Projection>>();
  private readonly server = { refusesStreaming: false };
  private readonly closing = new AbortController();

  constructor(access: HubAccess, clock: WatchClock = systemWatchClock) {
    this.access = access;
    this.clock = clock;
    const { recordedAt } = access;
    this.now = recordedAt === null ? clock.now : () => Date.parse(recordedAt);
  }

  /** How many streams are open, those that linger included. */
  get size(): number {
    return this.streams.size;
  }

  /** The objects, whole. `namespace` null: all namespaces; it does not matter for cluster-scoped kinds. */
  open(kind: ResourceKind, namespace: string | null): WatchedList {
    this.refuseClosed();
    const stream = this.stream(kind, namespace, false);
    const leave = stream.objectHold.take();
    stream.keepObjects();
    return new SharedList(stream, leave);
  }

  /** The rows, as tables show them. No namespaces: all of them. The caller releases them, which calls `onRelease`. */
  async openRows(kind: ResourceKind, namespaces: readonly string[], onRelease: () => void = () => undefined): Promise<HeldRows> {
    this.refuseClosed();
    const projection = await this.projection(kind);
    this.refuseClosed();
    const scopes = kind.namespaced && namespaces.length > 0 ? [...new Set(namespaces)].sort() : [null];
    const key = `${nameOf(kind)}|${JSON.stringify(scopes)}`;
    const use = this.rowSets.get(key) ?? this.joinRows(kind, scopes, projection);
    this.rowSets.set(key, use);
    use.users += 1;
    return heldRows(use.set, () => {
      onRelease();
      use.users -= 1;
      if (use.users > 0) return;
      this.rowSets.delete(key);
      use.release();
    });
  }

  /** Streams that wait out a failure try again at once: the network or the login may be another one. */
  retryNow(): void {
    for (const { reflector } of this.streams.values()) reflector.retryNow();
  }

  /** Closes every stream; lists that are still held keep their last objects. */
  async close(): Promise<void> {
    this.closing.abort();
    const all = [...this.streams.values()];
    this.streams.clear();
    await Promise.all(all.map((stream) => stream.stop()));
  }

  private joinRows(kind: ResourceKind, scopes: readonly (string | null)[], projection: Projection): RowUse {
    const streams = scopes.map((scope) => this.stream(kind, scope, projection.printed));
    const leaves = streams.map((stream) => stream.rowHold.take());
    for (const stream of streams) stream.keepRows(projection, this.now);
    const set = new RowSet(streams, scopes, projection, this.now);
    return {
      set,
      users: 0,
      release() {
        set.close();
        for (const leave of leaves) leave();
      },
    };
  }

  private stream(kind: ResourceKind, namespace: string | null, printed: boolean): SharedStream {
    const scope = kind.namespaced ? namespace : null;
    const key = `${nameOf(kind)}|${scope ?? ''}|${printed ? 'printed' : ''}`;
    const known = this.streams.get(key);
    if (known !== undefined) return known;
    const { access, clock, server } = this;
    const stream: SharedStream = new SharedStream({ access, kind, selection: scope === null ? {} : { namespace: scope }, printed, clock, server }, () => {
      if (this.streams.get(key) === stream) this.streams.delete(key);
      void stream.stop();
    });
    this.streams.set(key, stream);
    return stream;
  }

  private projection(kind: ResourceKind): Promise<Projection> {
    const key = nameOf(kind);
    const { signal } = this.closing;
    const choose = this.projections.get(key) ?? sharedFor(projectionLifetimeMs, this.clock.now, () => chooseProjection(this.access, kind, signal));
    this.projections.set(key, choose);
    return choose(signal);
  }

  private refuseClosed(): void {
    if (this.closing.signal.aborted) throw new AppError('CANCELLED', 'The connection to this cluster is closed.', { hint: 'Open the cluster again.' });
  }
}

function nameOf({ apiVersion, plural }: ResourceKind): string {
  return `${apiVersion}|${plural}`;
}

/** One user's hold on shared rows; releasing it also ends its subscriptions. */
function heldRows(set: RowSet, leave: () => void): HeldRows {
  const subscriptions = new Set<() => void>();
  let released = false;
  return {
    get columns() {
      return set.columns;
    },
    get defaultSort() {
      return set.defaultSort;
    },
    get size() {
      return set.size;
    },
    get reading() {
      return set.reading;
    },
    get state() {
      return set.state;
    },
    get error() {
      return set.error;
    },
    get unread() {
      return set.unread;
    },
    get asOf() {
      return set.asOf;
    },
    rows: () => set.rows(),
    look: (query) => set.look(query),
    subscribe(listener) {
      const end = set.subscribe(listener);
      subscriptions.add(end);
      return () => {
        subscriptions.delete(end);
        end();
      };
    },
    release() {
      if (released) return;
      released = true;
      for (const end of subscriptions) end();
      leave();
    },
  };
}

/** One user's hold on a shared list; releasing it also ends its subscriptions. */
class SharedList implements WatchedList {
  private readonly stream: SharedStream;
  private readonly leave: () => void;
  private readonly subscriptions = new Set<() => void>();
  private released = false;

  constructor(stream: SharedStream, leave: () => void) {
    this.stream = stream;
    this.leave = leave;
  }

  get objects(): ReadonlyMap<string, KubeObject> {
    return this.stream.objects;
  }

  get state(): WatchState {
    return this.stream.objectState;
  }

  get reason(): string | null {
    return this.error?.message ?? null;
  }

  get error(): AppError | null {
    return this.stream.reflector.error;
  }

  get asOf(): number | null {
    return this.stream.objectsAsOf;
  }

  subscribe(listener: WatchListener): () => void {
    const end = this.stream.onObjects(listener);
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
