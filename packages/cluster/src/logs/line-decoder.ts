import type { LogEntry } from '@quarterdeck/contract';
import { hasUsualTime, takeTime, timeLength } from './log-time.ts';

const newline = 0x0a;
/** Longer lines are cut: no eye reads them, and a buffer must end somewhere. Bytes. */
const longestLine = 1024 * 1024;

/**
 * Makes entries of the bytes of one container's log, whatever the chunks are. Only whole lines are decoded, so a
 * character that is cut in two by a chunk survives.
 */
export class LineDecoder {
  private readonly pod: string;
  private readonly container: string;
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;
  private cutBytes = 0;

  constructor(pod: string, container: string) {
    this.pod = pod;
    this.container = container;
  }

  /** The lines that end in this chunk. */
  push(chunk: Uint8Array): LogEntry[] {
    const entries: LogEntry[] = [];
    const last = chunk.lastIndexOf(newline);
    if (last < 0) {
      this.keep(chunk);
      return entries;
    }
    let start = 0;
    if (this.pendingBytes > 0) {
      start = chunk.indexOf(newline) + 1;
      this.keep(chunk.subarray(0, start - 1));
      this.flush(entries);
    }
    if (start <= last) this.split(bytesOf(chunk, start, last).toString('utf8'), entries);
    if (last + 1 < chunk.byteLength) this.keep(chunk.subarray(last + 1));
    return entries;
  }

  /** What is left when the log ended: a last line without a newline. */
  end(): LogEntry[] {
    const entries: LogEntry[] = [];
    if (this.pendingBytes > 0) this.flush(entries);
    return entries;
  }

  /** Forgets the beginning of a line: it comes again, whole, after a cut. */
  reset(): void {
    this.pending = [];
    this.pendingBytes = 0;
    this.cutBytes = 0;
  }

  private keep(part: Uint8Array): void {
    const room = longestLine - this.pendingBytes;
    const kept = part.byteLength <= room ? part : part.subarray(0, room);
    this.cutBytes += part.byteLength - kept.byteLength;
    if (kept.byteLength === 0) return;
    this.pending.push(kept);
    this.pendingBytes += kept.byteLength;
  }

  private flush(entries: LogEntry[]): void {
    const line = Buffer.concat(this.pending, this.pendingBytes).toString('utf8');
    const { cutBytes } = this;
    this.reset();
    const entry = this.entryOf(line, 0, line.length);
    entries.push(entry);
    if (cutBytes === 0) return;
    const text = `The line above is cut: ${cutBytes} bytes more.`;
    entries.push({ pod: this.pod, container: this.container, time: entry.time, text, marker: 'cut', count: cutBytes });
  }

  /** Text without a newline at its end. */
  private split(text: string, entries: LogEntry[]): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      entries.push(this.entryOf(text, start, end));
      start = end + 1;
    }
    entries.push(this.entryOf(text, start, text.length));
  }

  private entryOf(source: string, start: number, end: number): LogEntry {
    const { pod, container } = this;
    if (end - start > timeLength && hasUsualTime(source, start))
      return { pod, container, time: source.slice(start, start + timeLength), text: source.slice(start + timeLength + 1, end) };
    const { time, text } = takeTime(source.slice(start, end));
    return { pod, container, time, text };
  }
}

function bytesOf(chunk: Uint8Array, start: number, end: number): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset + start, end - start);
}
