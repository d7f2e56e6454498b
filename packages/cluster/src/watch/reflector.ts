import { type AppError, type KubeObject, type ResourceKind, toAppError } from '@quarterdeck/contract';
import type { ClusterAccess, ListOptions, WatchEvent } from '../access/cluster-access.ts';
import { listAll } from '../access/list-all.ts';
import { backoffMs } from './backoff.ts';
import { ObjectStore } from './object-store.ts';
import type { WatchClock } from './watch-clock.ts';
import type { WatchBatch, WatchListener, WatchState } from './watched-list.ts';

/** Changes of this long are told together, so that a busy list costs its readers ten batches a second at most. */
const batchMs = 100;
/** Without the right to list there is little hope that asking again soon changes it. */
const forbiddenRetryMs = 300_000;
/** A few virtual kinds (metrics) can be listed and not watched. */
const pollMs = 30_000;
/** A stream that ends at once and says nothing is a fault, not the end of its time. */
const shortestStreamMs = 1000;

/**
 * Keeps one list equal to the cluster's: lists, watches from there, watches again where the stream ended, and lists
 * anew where the cluster forgot the version (GONE). A relist is told as the difference, so no row is lost or doubled.
 */
export class Reflector {
  private readonly access: Pick<ClusterAccess, 'list' | 'watch'>;
  private readonly kind: ResourceKind;
  private readonly namespace: string | null;
  private readonly clock: WatchClock;
  private readonly store = new ObjectStore();
  private readonly listeners = new Set<WatchListener>();
  private readonly stopping = new AbortController();
  private resourceVersion: string | null = null;
  private failures = 0;
  private flushing = false;
  private stopped: Promise<void> | null = null;
  state: WatchState = 'connecting';
  error: AppError | null = null;
  asOf: number | null = null;

  constructor(access: Pick<ClusterAccess, 'list' | 'watch'>, kind: ResourceKind, namespace: string | null, clock: WatchClock) {
    this.access = access;
    this.kind = kind;
    this.namespace = namespace;
    this.clock = clock;
  }

  get objects(): ReadonlyMap<string, KubeObject> {
    return this.store.objects;
  }

  get reason(): string | null {
    return this.error?.message ?? null;
  }

  start(): void {
    this.stopped ??= this.run();
  }

  /** Resolves when the stream is closed; no listener is called after. */
  async stop(): Promise<void> {
    this.listeners.clear();
    this.stopping.abort();
    await this.stopped;
  }

  subscribe(listener: WatchListener): () => void {
    // An own function for each subscription: the same listener may subscribe twice.
    const own: WatchListener = (batch) => listener(batch);
    this.listeners.add(own);
    return () => this.listeners.delete(own);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const waitMs = await this.round();
      if (waitMs > 0 && !signal.aborted) await this.pause(waitMs);
    }
  }

  /** One stream from its beginning to its end. Milliseconds to wait before the next one; 0 for at once. */
  private async round(): Promise<number> {
    try {
      if (this.resourceVersion === null) await this.list();
      if (!this.kind.verbs.includes('watch')) {
        this.resourceVersion = null;
        return pollMs;
      }
      const openedAt = this.clock.now();
      const spoke = await this.follow();
      if (!spoke && this.clock.now() - openedAt < shortestStreamMs) return this.nextBackoff();
      this.failures = 0;
      return 0;
    } catch (thrown) {
      return this.stopping.signal.aborted ? 0 : this.afterFailure(toAppError(thrown));
    }
  }

  private async list(): Promise<void> {
    const { items, resourceVersion } = await listAll(this.access, this.kind, this.scope());
    this.store.replace(items);
    this.resourceVersion = resourceVersion;
    this.heard();
    this.flush();
  }

  /** Whether the stream told anything but its own beginning. */
  private async follow(): Promise<boolean> {
    let events = 0;
    for await (const event of this.access.watch(this.kind, { ...this.scope(), resourceVersion: this.resourceVersion ?? '' })) {
      this.take(event);
      events += 1;
      if (events > 1) this.failures = 0;
    }
    return events > 1;
  }

  private take(event: WatchEvent): void {
    if (event.resourceVersion !== '') this.resourceVersion = event.resourceVersion;
    if (event.type === 'deleted') this.store.delete(event.object);
    else if (event.type !== 'bookmark') this.store.upsert(event.object);
    this.heard();
    if (event.type !== 'bookmark') this.flushSoon();
  }

  private heard(): void {
    this.asOf = this.clock.now();
    this.become('live', null);
  }

  private afterFailure(error: AppError): number {
    if (error.code === 'GONE') {
      this.resourceVersion = null;
      // The first time it is the ordinary end of history; again and again it would be a storm of lists.
      return this.failures++ === 0 ? 0 : this.nextBackoff();
    }
    this.become(this.asOf === null ? 'failed' : 'stale', error);
    if (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND') {
      // Where only watching is forbidden, listing anew is what is left.
      this.resourceVersion = null;
      return forbiddenRetryMs;
    }
    const askedToWait = error.details.retryAfterSeconds;
    return Math.max(this.nextBackoff(), typeof askedToWait === 'number' ? askedToWait * 1000 : 0);
  }

  private nextBackoff(): number {
    const wait = backoffMs(this.failures, this.clock.random);
    this.failures += 1;
    return wait;
  }

  private become(state: WatchState, error: AppError | null): void {
    if (this.state === state && this.error?.message === error?.message) return;
    this.state = state;
    this.error = error;
    this.tell(this.store.takeBatch() ?? { upserts: [], deletes: [] });
  }

  private flushSoon(): void {
    if (this.flushing) return;
    this.flushing = true;
    this.pause(batchMs).then(() => {
      this.flushing = false;
      this.flush();
    });
  }

  private flush(): void {
    const batch = this.store.takeBatch();
    if (batch !== null) this.tell(batch);
  }

  private tell(batch: WatchBatch): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(batch);
      } catch (thrown) {
        // A fault of one reader, not of the stream: the others and the list go on.
        process.emitWarning(toAppError(thrown));
      }
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    try {
      await this.clock.sleep(milliseconds, this.stopping.signal);
    } catch (thrown) {
      if (!this.stopping.signal.aborted) throw thrown;
    }
  }

  private scope(): ListOptions {
    return { signal: this.stopping.signal, ...(this.namespace === null ? {} : { namespace: this.namespace }) };
  }
}
