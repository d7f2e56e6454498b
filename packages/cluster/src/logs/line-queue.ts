import type { LogEntry } from '@quarterdeck/contract';
import { epochOf } from './log-time.ts';

/** What a source may hold for a reader that is slow. Bytes, roughly. */
const fullBytes = 512 * 1024;
const entryOverhead = 64;

/** The kubelet looks every 10 s whether a log is to be rotated, so for so long none is rotated twice. Milliseconds. */
const leastPatienceMs = 10_000;
const mostPatienceMs = 3_600_000;
/** What a container may write before its log is rotated, by the kubelet's default (10 MiB), with some slack. Bytes. */
const rotationBytes = 8 * 1024 * 1024;

interface Chunk {
  entries: LogEntry[];
  /** Milliseconds on the clock of the stream. */
  at: number;
}

/**
 * Lines of one source that wait for the reader. It is full soon and its source pauses then; only `dropping` makes it
 * forget the oldest ones, and it counts them.
 */
export class LineQueue {
  dropping = false;
  private readonly chunks: Chunk[] = [];
  private head = 0;
  private bytes = 0;
  private loss: { count: number; from: string; to: string; pod: string; container: string } | null = null;

  get empty(): boolean {
    return this.chunks.length === 0 && this.loss === null;
  }

  get full(): boolean {
    return this.bytes > fullBytes;
  }

  /** When the first one came. */
  get arrivedAt(): number {
    return this.chunks[0]?.at ?? 0;
  }

  /** The time of the first one. */
  get time(): string {
    return this.loss?.from ?? this.chunks[0]?.entries[this.head]?.time ?? '';
  }

  /** How many were dropped to make room. */
  push(entries: LogEntry[], at: number): number {
    if (entries.length === 0) return 0;
    this.chunks.push({ entries, at });
    for (const entry of entries) this.bytes += sizeOf(entry);
    let dropped = 0;
    while (this.dropping && this.full) dropped += this.drop();
    return dropped;
  }

  shift(): LogEntry | null {
    return this.takeLoss() ?? this.shiftEntry();
  }

  /** All lines of the first chunk, at once. */
  shiftChunk(): LogEntry[] {
    const loss = this.takeLoss();
    if (loss !== null) return [loss];
    const chunk = this.chunks.shift();
    if (chunk === undefined) return [];
    const entries = this.head === 0 ? chunk.entries : chunk.entries.slice(this.head);
    this.head = 0;
    for (const entry of entries) this.bytes -= sizeOf(entry);
    return entries;
  }

  /** How long its source may pause before the node may throw lines away unseen. Milliseconds. */
  patienceMs(): number {
    const newest = this.chunks.at(-1)?.entries.at(-1)?.time ?? '';
    const spanMs = Math.max(1, epochOf(newest) - epochOf(this.time)) || 1;
    return Math.min(mostPatienceMs, Math.max(leastPatienceMs, (rotationBytes / Math.max(1, this.bytes)) * spanMs));
  }

  private takeLoss(): LogEntry | null {
    if (this.loss === null) return null;
    const { count, from, to, pod, container } = this.loss;
    this.loss = null;
    const lines = count === 1 ? '1 line is' : `${count} lines are`;
    return { pod, container, time: from, text: `${lines} missing here (${from} to ${to}): they came faster than they were read.`, marker: 'lost', count };
  }

  private shiftEntry(): LogEntry | null {
    const [chunk] = this.chunks;
    const entry = chunk?.entries[this.head];
    if (chunk === undefined || entry === undefined) return null;
    this.bytes -= sizeOf(entry);
    this.head += 1;
    if (this.head < chunk.entries.length) return entry;
    this.head = 0;
    this.chunks.shift();
    return entry;
  }

  /** 1 for a line, 0 for a word about lines. */
  private drop(): number {
    const entry = this.shiftEntry();
    if (entry === null || entry.marker !== undefined) return 0;
    const { pod, container, time } = entry;
    this.loss ??= { count: 0, from: time, to: time, pod, container };
    this.loss.count += 1;
    this.loss.to = time;
    return 1;
  }
}

function sizeOf(entry: LogEntry): number {
  return entry.text.length + entryOverhead;
}
