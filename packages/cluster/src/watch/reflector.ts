import { type AppError, type KubeObject, type ResourceKind, toAppError } from '@quarterdeck/contract';
import type { ClusterAccess, ListOptions, WatchEvent } from '../access/cluster-access.ts';
import { readAll } from '../access/list-all.ts';
import { backoffMs } from './backoff.ts';
import type { WatchClock } from './watch-clock.ts';
import type { WatchState } from './watched-list.ts';

/** Without the right to list there is little hope that asking again soon changes it. */
const forbiddenRetryMs = 300_000;
/** A few virtual kinds (metrics) can be listed and not watched. */
const pollMs = 30_000;
/** A stream that ends at once and says nothing is a fault, not the end of its time. */
const shortestStreamMs = 1000;
/** A streamed list that says nothing for so long before its end waits for a bookmark that will not come. */
const longestSilenceMs = 10_000;

/** Which objects of a kind: of one namespace, with certain labels or fields. Nothing said: all of them. */
export type Selection = Pick<ListOptions, 'namespace' | 'labelSelector' | 'fieldSelector'>;

export type ReflectedAccess = Pick<ClusterAccess, 'list' | 'watch' | 'watchList'>;

/** Who keeps what a reflector reads. */
export interface ListSink {
  /** The whole list is told anew; what is not in it is gone when it ends. It may begin again before it ended. */
  beginList(): void;
  upsert(object: KubeObject): void;
  delete(object: KubeObject): void;
  /** State and error may be others now. */
  endList(): void;
  /** A part of a list was told. */
  pageEnd(): void;
  /** A watch told a change. */
  changed(): void;
  /** State or error are others now. */
  stateChanged(): void;
}

export interface ReflectorOptions {
  access: ReflectedAccess;
  kind: ResourceKind;
  selection: Selection;
  /** Whether lists are asked for as the server prints them. */
  printed: boolean;
  clock: WatchClock;
  /** Shared by all streams to one server: whether it can't stream lists. */
  server: { refusesStreaming: boolean };
}

/**
 * Keeps one list equal to the cluster's: reads it, watches from there, watches again where the stream ended, and reads
 * anew where the cluster forgot the version (GONE). Lists are streamed where the server can, else read in pages.
 */
export class Reflector {
  private readonly options: ReflectorOptions;
  private readonly sink: ListSink;
  private readonly clock: WatchClock;
  private readonly stopping = new AbortController();
  private round = new AbortController();
  private resourceVersion: string | null = null;
  private streams: boolean;
  private failures = 0;
  private stopped: Promise<void> | null = null;
  state: WatchState = 'connecting';
  error: AppError | null = null;
  asOf: number | null = null;

  constructor(options: ReflectorOptions, sink: ListSink) {
    this.options = options;
    this.sink = sink;
    this.clock = options.clock;
    this.streams = options.kind.verbs.includes('watch') && options.access.watchList !== undefined;
  }

  start(): void {
    this.stopped ??= this.run();
  }

  /** Reads the whole list anew; the state stays what it is meanwhile. */
  restart(): void {
    this.resourceVersion = null;
    this.round.abort();
  }

  /** What waits out a failure is tried at once: something changed that may mend it. */
  retryNow(): void {
    if (this.error === null) return;
    this.failures = 0;
    this.round.abort();
  }

  /** Resolves when the stream is closed. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.round.abort();
    await this.stopped;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.round = new AbortController();
      const waitMs = await this.follow();
      if (waitMs > 0 && !this.round.signal.aborted) await this.pause(waitMs);
    }
  }

  /** One stream from its beginning to its end. Milliseconds to wait before the next one; 0 for at once. */
  private async follow(): Promise<number> {
    try {
      if (this.resourceVersion === null && this.streams && !this.options.server.refusesStreaming) return await this.streamList();
      if (this.resourceVersion === null) await this.list();
      if (!this.options.kind.verbs.includes('watch')) {
        this.resourceVersion = null;
        return pollMs;
      }
      return await this.watch();
    } catch (thrown) {
      return this.round.signal.aborted ? 0 : this.afterFailure(toAppError(thrown));
    }
  }

  private async list(): Promise<void> {
    const { access, kind } = this.options;
    const { signal } = this.round;
    this.resourceVersion = await readAll(access, kind, this.scope(), {
      begin: () => this.sink.beginList(),
      page: (items) => {
        for (const item of items) this.sink.upsert(item);
        this.asOf = this.clock.now();
        this.sink.pageEnd();
      },
    });
    if (signal.aborted) this.resourceVersion = null;
    else this.listed();
  }

  private listed(): void {
    this.asOf = this.clock.now();
    this.state = 'live';
    this.error = null;
    this.sink.endList();
  }

  private async watch(): Promise<number> {
    const openedAt = this.clock.now();
    let events = 0;
    for await (const event of this.options.access.watch(this.options.kind, { ...this.scope(), resourceVersion: this.resourceVersion ?? '' })) {
      this.take(event);
      events += 1;
      if (events > 1) this.failures = 0;
    }
    if (events <= 1 && this.clock.now() - openedAt < shortestStreamMs) return this.nextBackoff();
    this.failures = 0;
    return 0;
  }

  private take(event: WatchEvent): void {
    if (event.resourceVersion !== '') this.resourceVersion = event.resourceVersion;
    this.put(event);
    this.asOf = this.clock.now();
    this.become('live', null);
    if (event.type !== 'bookmark') this.sink.changed();
  }

  private put(event: WatchEvent): void {
    if (event.type === 'deleted') this.sink.delete(event.object);
    else if (event.type !== 'bookmark') this.sink.upsert(event.object);
  }

  /** A list as the beginning of a watch. What can't stream lists after all is from then on read in pages. */
  private async streamList(): Promise<number> {
    try {
      if (!(await this.readStreamedList())) this.streams = false;
    } catch (thrown) {
      const { code } = toAppError(thrown);
      if (this.round.signal.aborted) throw thrown;
      if (code === 'VALIDATION_ERROR') this.options.server.refusesStreaming = true;
      // Who may list need not be allowed to watch.
      else if (code === 'FORBIDDEN') this.streams = false;
      else throw thrown;
    }
    return 0;
  }

  /** Whether the list came to its end before the stream did. */
  private async readStreamedList(): Promise<boolean> {
    const { access, kind } = this.options;
    const list = { heardAt: this.clock.now(), ended: false, begun: false };
    const attempt = new AbortController();
    try {
      for await (const event of access.watchList?.(kind, this.scope()) ?? []) {
        list.heardAt = this.clock.now();
        if (list.ended) {
          this.take(event);
          this.failures = 0;
        } else if (!list.begun) {
          list.begun = true;
          this.sink.beginList();
          void this.watchSilence(list, attempt.signal);
        } else list.ended = this.takeInitial(event);
      }
      return list.ended;
    } finally {
      attempt.abort();
    }
  }

  /** Whether it ended the list. */
  private takeInitial(event: WatchEvent): boolean {
    this.put(event);
    this.asOf = this.clock.now();
    if (event.type !== 'bookmark') this.sink.changed();
    else if (event.initialEventsEnd === true) {
      this.resourceVersion = event.resourceVersion;
      this.listed();
      return true;
    }
    return false;
  }

  /** Until the list or this attempt at it ends. */
  private async watchSilence(list: { heardAt: number; ended: boolean }, attempt: AbortSignal): Promise<void> {
    const { round } = this;
    while (!list.ended && !attempt.aborted) {
      const left = list.heardAt + longestSilenceMs - this.clock.now();
      if (left > 0) await this.pause(left, attempt);
      else {
        this.options.server.refusesStreaming = true;
        round.abort();
        return;
      }
    }
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
    this.sink.stateChanged();
  }

  private async pause(milliseconds: number, signal = this.round.signal): Promise<void> {
    try {
      await this.clock.sleep(milliseconds, signal);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  }

  private scope(): ListOptions {
    const { selection, printed } = this.options;
    return { ...selection, signal: this.round.signal, ...(printed ? { printed } : {}) };
  }
}
