import { AppError, type ContainerScope, type LogContainer, type LogEntry, type LogStart, type LogStats, toAppError } from '@quarterdeck/contract';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { type FollowedPods, followPods, listPods } from '../pods/follow-pods.ts';
import { isOwnedBy, type Pod, type PodQuery, podQuery } from '../pods/pods-of.ts';
import { abortError } from '../transport/connection-error.ts';
import type { Transport } from '../transport/transport.ts';
import { containerRoles, containersOf, isFinished } from './container-instance.ts';
import { ContainerLog } from './container-log.ts';
import { type Merged, mergeLines } from './line-merge.ts';
import { Bell, type StreamClock, systemStreamClock } from './stream-clock.ts';

export interface LogsRequest extends LogStart {
  namespace: string;
  kind: string;
  name?: string | undefined;
  selector?: string | undefined;
  container?: string | undefined;
  containers: ContainerScope;
  follow: boolean;
  /** The logs of the runs before, of all containers that had one. */
  previous: boolean;
}

/** A log as it is read. Whoever opened it closes it, or aborts the signal. */
export interface LogStream extends AsyncIterable<LogEntry[]> {
  stats(): LogStats;
  close(): Promise<void>;
}

export interface OpenLogsOptions {
  signal: AbortSignal;
  clock?: StreamClock;
  /** Entries of a batch at most. */
  batchSize?: number;
}

/** A line of a followed log waits so long for older ones of other containers. Milliseconds. */
const windowMs = 250;
/** One connection each; the API has no call for the logs of several pods. */
const mostSources = 100;
const usualBatch = 2_000;

type LogsAccess = Pick<ClusterAccess, 'id' | 'api' | 'kinds' | 'get' | 'list' | 'watch'>;

/**
 * Opens the log of one container, a pod, a workload or a selector. Lines come in the order of their times: exactly
 * when it is only read, within a quarter of a second when it is followed; those of one container always in theirs.
 * A slow reader slows the sources down. Throws NOT_FOUND, FORBIDDEN, VALIDATION_ERROR, READ_ONLY (a recording).
 * What goes wrong with one of several sources is told in `stats` and by a marker.
 */
export async function openLogs(
  access: LogsAccess,
  request: LogsRequest,
  { signal, clock = systemStreamClock, batchSize = usualBatch }: OpenLogsOptions,
): Promise<LogStream> {
  const api = apiOf(access);
  const query = await podQuery(access, request, signal);
  const closing = new AbortController();
  const stream = new MergedLogs({ api, request, query, clock, batchSize, closing, signal: AbortSignal.any([signal, closing.signal]) });
  if (request.follow && !request.previous) stream.follow(await followPods(access, query, signal));
  else stream.show(await listPods(access, query, signal));
  stream.requireSource();
  return stream;
}

interface MergedLogsOptions {
  api: Transport;
  request: LogsRequest;
  query: PodQuery;
  clock: StreamClock;
  batchSize: number;
  closing: AbortController;
  signal: AbortSignal;
}

class MergedLogs implements LogStream {
  private readonly options: MergedLogsOptions;
  /** By pod uid and container. */
  private readonly sources = new Map<string, ContainerLog>();
  private readonly running = new Set<Promise<void>>();
  private readonly waiting: ContainerLog[] = [];
  /** By name. */
  private readonly containers = new Map<string, LogContainer>();
  /** The hashes of the pod templates seen so far. */
  private readonly revisions = new Set<string>();
  private readonly news: Bell;
  private followed: FollowedPods | null = null;
  private unfollowed: AppError | null = null;
  private began = false;
  private changed = false;
  private shown = 0;
  private lost = 0;
  private gaps = 0;
  private pods = 0;
  /** A StatefulSet makes its pods anew under the same name. */
  private comesBack = false;

  constructor(options: MergedLogsOptions) {
    this.options = options;
    this.news = new Bell(options.clock, options.signal);
  }

  follow(pods: FollowedPods): void {
    this.followed = pods;
    this.show(pods.now());
    this.running.add(this.keepShowing(pods));
  }

  /** Takes over the pods that there are now. */
  show(pods: readonly Pod[]): void {
    const seen = new Set<string>();
    for (const pod of pods) {
      for (const container of containerRoles(pod)) this.containers.set(container.name, container);
      for (const container of containersOf(pod, this.options.request)) {
        const key = `${pod.metadata.uid}/${container}`;
        seen.add(key);
        const source = this.sources.get(key);
        if (source === undefined) this.open(key, pod, container);
        else source.update(pod);
      }
      this.revisions.add(revisionOf(pod));
    }
    for (const [key, source] of this.sources) if (!seen.has(key)) source.remove();
    this.pods = pods.length;
    this.comesBack ||= pods.some((pod) => isOwnedBy(pod, 'StatefulSet', () => true));
    this.began = true;
    this.ring();
  }

  /** Throws where there is nothing to read and nothing to wait for. */
  requireSource(): void {
    const { request, query } = this.options;
    if (this.sources.size > 0) return;
    const where = `in the namespace ${query.namespace}`;
    if (this.pods > 0)
      throw new AppError('NOT_FOUND', `No pod has a container ${request.container ?? ''}.`, { hint: 'Leave the container out to see which there are.' });
    if (query.pod !== undefined)
      throw new AppError('NOT_FOUND', `There is no pod ${query.pod} ${where}.`, { hint: 'List the pods: it may have been replaced.' });
    if (!request.follow)
      throw new AppError('NOT_FOUND', `There are no pods of ${request.name ?? request.selector} ${where}.`, { hint: 'Follow the log to wait for them.' });
  }

  stats(): LogStats {
    const queued = new Set(this.waiting);
    const sources = [...this.sources.values()].map((source) => {
      const { pod, container, state, reason } = source;
      return queued.has(source) ? { pod, container, state, reason, queued: true as const } : { pod, container, state, reason };
    });
    return { shown: this.shown, lost: this.lost, gaps: this.gaps, sources, containers: [...this.containers.values()] };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<LogEntry[]> {
    const { signal } = this.options;
    try {
      for (;;) {
        if (signal.aborted) throw abortError(signal);
        this.changed = false;
        const { entries, waitMs } = this.take();
        if (entries.length > 0) yield entries;
        else if (this.isOver()) return this.refuseFailed();
        else if (!this.changed) await this.untilNews(waitMs);
      }
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    this.options.closing.abort();
    await this.followed?.close();
    await Promise.all(this.running);
  }

  /** Ends with the stream; where the pods can't be followed any more, the logs that are open go on without. */
  private async keepShowing(pods: FollowedPods): Promise<void> {
    const { signal } = this.options;
    while (!signal.aborted) {
      try {
        await pods.nextChange(signal);
        this.show(pods.now());
      } catch (thrown) {
        if (!signal.aborted) this.unfollowed = toAppError(thrown);
        this.ring();
        return;
      }
    }
  }

  private open(key: string, pod: Pod, container: string): void {
    const { api, request, clock, signal } = this.options;
    // A pod that comes later is read from its beginning.
    const start = this.began ? {} : { tail: request.tail, sinceSeconds: request.sinceSeconds, sinceTime: request.sinceTime };
    const source = new ContainerLog({
      ...{ api, pod, container, start, clock, signal },
      follow: request.follow && !request.previous,
      previous: request.previous,
      onChange: () => this.ring(),
      onLost: (lines) => {
        this.lost += lines;
      },
    });
    this.sources.set(key, source);
    if (this.began) source.tellJoined();
    const revision = revisionOf(pod);
    if (this.began && this.revisions.size > 0 && !this.revisions.has(revision)) source.tellRollout(revision);
    if (this.running.size < mostSources) this.start(source);
    else {
      source.reason = `More than ${mostSources} logs at once: it begins when another one ends.`;
      this.waiting.push(source);
    }
  }

  private start(source: ContainerLog): void {
    const run = source.run().finally(() => {
      this.running.delete(run);
      const next = this.options.signal.aborted ? undefined : this.waiting.shift();
      if (next !== undefined) this.start(next);
    });
    this.running.add(run);
  }

  /** Where nothing could be read at all, the reason is thrown and not only told. */
  private refuseFailed(): void {
    if (this.failure !== null) throw this.failure;
  }

  /** The first error where every source failed. */
  private get failure(): AppError | null {
    const errors = [...this.sources.values()].map(({ error }) => error);
    return errors.includes(null) ? null : (errors[0] ?? null);
  }

  private async untilNews(waitMs: number | null): Promise<void> {
    await this.news.next(waitMs);
    // What arrives in the same turn goes together: nodes send in small pieces.
    await new Promise((resolve) => setImmediate(resolve));
  }

  private take(): Merged {
    const { clock, batchSize, request } = this.options;
    const merged = mergeLines(this.sources.values(), { entries: batchSize, windowMs: request.follow ? windowMs : null, now: clock.now() });
    if (merged.entries.length === 0) return merged;
    this.count(merged.entries);
    for (const source of this.sources.values()) source.taken();
    return merged;
  }

  private count(entries: readonly LogEntry[]): void {
    for (const { marker } of entries) {
      if (marker === undefined) this.shown += 1;
      else if (marker === 'gap') this.gaps += 1;
    }
  }

  /** Pods may still come where they are followed, but not to a single pod that is done or gone for good. */
  private isOver(): boolean {
    if ([...this.sources.values()].some(({ live, queue }) => live || !queue.empty)) return false;
    if (this.followed === null) return true;
    if (this.unfollowed !== null) throw this.unfollowed;
    if (this.failure !== null) return true;
    if (this.options.query.pod === undefined) return false;
    const [current] = this.followed.now();
    if (current !== undefined) return isFinished(current);
    return !this.comesBack;
  }

  private ring(): void {
    this.changed = true;
    this.news.ring();
  }
}

/** Which template a workload made the pod of: pods of a Deployment, StatefulSet or DaemonSet say it. */
function revisionOf({ metadata: { labels } }: Pod): string {
  return labels?.['pod-template-hash'] ?? labels?.['controller-revision-hash'] ?? '';
}
