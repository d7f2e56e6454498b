import type { AppError, LogContainer, LogEntry, LogSource, LogStats } from '@quarterdeck/contract';
import type { DataFrame, LiveClient, Subscription } from '../../live/live-client.ts';
import { sourceKey } from './log-line.ts';
import { LogLines } from './log-lines.ts';
import { type LogRequest, resumed } from './log-requests.ts';

export interface LogFeedOptions {
  live: Pick<LiveClient, 'subscribe'>;
  requests: readonly LogRequest[];
  /** Lines kept in memory. */
  capacity: number;
  /** Where the oldest lines are what is wanted: it stops when it is full, instead of forgetting them. */
  keepsOldest: boolean;
  /** Calls back soon, once for all that comes until then. */
  soon(callback: () => void): void;
}

/** What is known of the log as a whole. */
export interface LogFacts {
  /** Whether every stream has told something or failed. */
  answered: boolean;
  /** Whether nothing more will come. */
  ended: boolean;
  /** Whether it stopped because it was full. */
  stopped: boolean;
  /** Lines that were read, those that a filter left out too. */
  read: number;
  lost: number;
  gaps: number;
  trimmed: number;
  reconnects: number;
  sources: readonly LogSource[];
  containers: readonly LogContainer[];
  errors: readonly AppError[];
}

interface Stream {
  request: LogRequest;
  subscription: Subscription | null;
  stats: LogStats;
  /** Counted before the socket broke: the server begins anew. */
  before: { shown: number; lost: number; gaps: number };
  newest: string;
  /** By source: the last time, and how many lines had it. */
  last: Map<string, { time: string; count: number }>;
  /** The same as it was when the socket broke: so far, lines are known. */
  known: Map<string, { time: string; count: number }>;
  answered: boolean;
  ended: boolean;
  error: AppError | null;
}

type LogBatchFrame = Extract<DataFrame, { type: 'logBatch' }>;

const nothing: LogStats = { shown: 0, lost: 0, gaps: 0, sources: [], containers: [] };

/** The streams of one view and the lines that they bring, over breaks of the socket. Whoever opens it closes it. */
export class LogFeed {
  readonly lines: LogLines;
  /** Goes up with each change that is told. */
  version = 0;
  private readonly options: LogFeedOptions;
  private readonly streams: Stream[];
  private readonly listeners = new Set<() => void>();
  /** Where both runs are read: the stream that told a line. */
  private readonly toldBy = new Map<string, Stream>();
  private reconnects = 0;
  private stopped = false;
  private telling = false;

  constructor(options: LogFeedOptions) {
    this.options = options;
    this.lines = new LogLines(options.capacity);
    this.streams = options.requests.map((request) => ({
      ...{ request, subscription: null, stats: nothing, before: { shown: 0, lost: 0, gaps: 0 }, newest: '' },
      ...{ last: new Map(), known: new Map(), answered: false, ended: false, error: null },
    }));
  }

  open(): void {
    for (const [index, stream] of this.streams.entries()) {
      stream.subscription = this.options.live.subscribe(stream.request, {
        onFrame: (frame) => frame.type === 'logBatch' && this.take(stream, index, frame),
        onError: (error) => this.fail(stream, error),
        resume: () => resumed(stream.request, stream.newest),
      });
    }
  }

  close(): void {
    for (const { subscription } of this.streams) subscription?.close();
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  clear(): void {
    this.lines.clear();
    this.tell();
  }

  facts(): LogFacts {
    const sum = (part: 'shown' | 'lost' | 'gaps') => this.streams.reduce((total, { stats, before }) => total + stats[part] + before[part], 0);
    // Where both runs are read, that there was none before is no news.
    const counted = this.options.keepsOldest ? this.streams.filter(({ request, error }) => request.previous !== true || error === null) : this.streams;
    const containers = new Map(this.streams.flatMap(({ stats }) => stats.containers.map((container) => [container.name, container])));
    return {
      answered: this.streams.every(({ answered, error }) => answered || error !== null),
      ended: this.streams.every(({ ended, error }) => ended || error !== null),
      stopped: this.stopped,
      read: sum('shown'),
      lost: sum('lost'),
      gaps: sum('gaps'),
      trimmed: this.lines.trimmed,
      reconnects: this.reconnects,
      sources: this.streams.filter(({ request }) => !this.isExtra(request)).flatMap(({ stats }) => stats.sources),
      containers: [...containers.values()],
      errors: counted.flatMap(({ error }) => error ?? []),
    };
  }

  private take(stream: Stream, index: number, { seq, entries, stats, ended }: LogBatchFrame): void {
    if (this.stopped) return;
    if (seq === 1 && stream.answered) this.startAgain(stream);
    stream.answered = true;
    stream.error = null;
    stream.stats = stats;
    stream.ended = ended;
    const fresh = entries.filter((entry) => this.isFresh(stream, entry));
    this.lines.add(this.isExtra(stream.request) ? fresh.filter(({ marker }) => marker !== 'failed') : fresh, index, stream.request.namespace);
    if (this.options.keepsOldest && this.lines.full) this.stop();
    this.tell();
  }

  /** The socket broke and the server tells from somewhat before what it told last. */
  private startAgain(stream: Stream): void {
    const { before, stats } = stream;
    stream.before = { shown: before.shown + stats.shown, lost: before.lost + stats.lost, gaps: before.gaps + stats.gaps };
    stream.known = new Map(stream.last);
    if (stream.ended) return;
    this.reconnects += 1;
    this.lines.addReconnected();
  }

  /** Whether a line was not told before the socket broke. Notes it as the last one of its source. */
  private isFresh(stream: Stream, entry: LogEntry): boolean {
    if (entry.marker !== undefined || entry.time === '') return true;
    const key = sourceKey(entry);
    if (this.isToldTwice(stream, `${key} ${entry.time} ${entry.text}`)) return false;
    const known = stream.known.get(key);
    if (known !== undefined && entry.time <= known.time) {
      if (entry.time < known.time || known.count > 0) {
        stream.known.set(key, { ...known, count: known.count - Number(entry.time === known.time) });
        stream.before.shown -= 1;
        return false;
      }
    }
    const last = stream.last.get(key);
    stream.last.set(key, { time: entry.time, count: last?.time === entry.time ? last.count + 1 : 1 });
    if (entry.time > stream.newest) stream.newest = entry.time;
    return true;
  }

  /** While a container waits to be started again, the node serves its last run as the current one and as the one before. */
  private isToldTwice(stream: Stream, line: string): boolean {
    if (!this.options.keepsOldest) return false;
    const teller = this.toldBy.get(line);
    if (teller === undefined) this.toldBy.set(line, stream);
    if (teller === undefined || teller === stream) return false;
    stream.before.shown -= 1;
    return true;
  }

  private isExtra({ previous }: LogRequest): boolean {
    return this.options.keepsOldest && previous === true;
  }

  private stop(): void {
    this.stopped = true;
    this.close();
  }

  private fail(stream: Stream, error: AppError): void {
    stream.error = error;
    this.tell();
  }

  private tell(): void {
    if (this.telling) return;
    this.telling = true;
    this.options.soon(() => {
      this.telling = false;
      this.version += 1;
      for (const listener of this.listeners) listener();
    });
  }
}
