import { setTimeout as delay } from 'node:timers/promises';
import { type ClusterAccess, filterLogs, type LogStream, type LogsRequest, openLogs } from '@quarterdeck/cluster';
import { type LogEntry, type LogFilter, toAppError } from '@quarterdeck/contract';
import { withSeverity } from '../logs/annotate.ts';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';

/** Frames a second at most. Milliseconds apart. */
const gapMs = 100;
/** What one frame holds: with ten a second, more than anybody reads. Entries, characters. */
const mostEntries = 5_000;
const mostText = 1024 * 1024;

export interface LogsSubscriptionOptions {
  sink: FrameSink;
  /** Of the opening; what is open is ended by `close`. */
  signal: AbortSignal;
}

/**
 * Sends a log as it is read. A client that falls behind slows the reading down, so that nothing has to be thrown away
 * between the node and the browser.
 */
export async function subscribeLogs(
  access: ClusterAccess,
  { filter, ...request }: LogsRequest & { filter: LogFilter },
  { sink, signal }: LogsSubscriptionOptions,
): Promise<LiveSubscription> {
  const closing = new AbortController();
  const either = AbortSignal.any([signal, closing.signal]);
  const stream = filterLogs(await openLogs(access, request, { signal: either }), filter);
  const sent = send(stream, sink, either);
  sent.catch((thrown: unknown) => {
    if (!either.aborted) sink.fail(toAppError(thrown));
  });
  return { close: () => closing.abort() };
}

async function send(stream: LogStream, sink: FrameSink, signal: AbortSignal): Promise<void> {
  const lines = new LineBuffer(stream);
  try {
    for (let told = ''; ; ) {
      const entries = await lines.next(gapMs, signal);
      while (sink.congested()) await delay(gapMs, undefined, { signal });
      const stats = stream.stats();
      const state = JSON.stringify(stats.sources);
      if (entries.length > 0 || lines.ended || state !== told) sink.send({ type: 'logBatch', entries: withSeverity(entries), stats, ended: lines.ended });
      told = state;
      if (lines.ended) return;
    }
  } finally {
    await stream.close();
  }
}

/** Gathers the batches of a stream for a frame. It asks the stream for more only while there is room. */
class LineBuffer {
  ended = false;
  private readonly batches: AsyncIterator<LogEntry[]>;
  private pending: Promise<IteratorResult<LogEntry[]>> | null = null;

  constructor(stream: LogStream) {
    this.batches = stream[Symbol.asyncIterator]();
  }

  /** What comes within the time, up to what a frame holds. */
  async next(milliseconds: number, signal: AbortSignal): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    const over = delay(milliseconds, null, { signal });
    for (let text = 0; entries.length < mostEntries && text < mostText; ) {
      this.pending ??= this.batches.next();
      const batch = await Promise.race([this.pending, over]);
      if (batch === null) return entries;
      this.pending = null;
      this.ended = batch.done === true;
      if (batch.done === true) return entries;
      for (const entry of batch.value) {
        entries.push(entry);
        text += entry.text.length;
      }
    }
    await over;
    return entries;
  }
}
