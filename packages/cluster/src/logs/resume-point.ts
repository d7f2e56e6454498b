import type { LogEntry } from '@quarterdeck/contract';
import { secondOf } from './log-time.ts';

/**
 * How far one container's log was read. The server resumes at a second, so it sends lines again; they come in the
 * same order as before. Times may step back by a little: standard output and standard error are stamped apart.
 */
export class ResumePoint {
  private latest = '';
  /** Lines read that carry the latest time. */
  private atLatest = 0;
  /** Lines read after the last of these, within the second that is sent again. */
  private after = 0;
  private latestText = '';

  /** From where to read again; null where nothing was read. */
  get sinceTime(): string | null {
    return this.latest === '' ? null : secondOf(this.latest);
  }

  get time(): string {
    return this.latest;
  }

  note({ time, text, marker }: LogEntry): void {
    if (time === '' || marker !== undefined) return;
    if (time < this.latest) {
      if (time >= this.latest.slice(0, 19)) this.after += 1;
      return;
    }
    this.after = 0;
    this.latestText = text;
    if (time === this.latest) {
      this.atLatest += 1;
      return;
    }
    this.latest = time;
    this.atLatest = 1;
  }

  /** For the lines that come when it is read again from `sinceTime`. */
  replay(): Replay {
    return new Replay({ latest: this.latest, atLatest: this.atLatest, after: this.after, latestText: this.latestText });
  }

  reset(): void {
    this.latest = '';
    this.atLatest = 0;
    this.after = 0;
    this.latestText = '';
  }
}

interface Read {
  latest: string;
  atLatest: number;
  after: number;
  latestText: string;
}

/** Takes off the lines that were read before. */
export class Replay {
  private readonly read: Read;
  private readonly held: LogEntry[] = [];
  private met = 0;
  private beyond = 0;
  /** `missing`: the line read last is no longer there, so lines after it may be gone as well. */
  state: 'searching' | 'found' | 'missing' = 'searching';

  constructor(read: Read) {
    this.read = read;
    if (read.latest === '') this.state = 'found';
  }

  /** Those that are new. While it searches, there are none: they are held until it is known. */
  take(entries: LogEntry[]): LogEntry[] {
    if (this.state !== 'searching') return entries;
    for (const [index, entry] of entries.entries()) {
      this.held.push(entry);
      this.state = this.judge(entry);
      if (this.state === 'searching') continue;
      const fresh = entries.slice(index + 1);
      return this.state === 'missing' ? [...this.held.splice(0), ...fresh] : fresh;
    }
    return [];
  }

  /** What is held when the log ended before the line was found: all of it is new. */
  end(): LogEntry[] {
    if (this.state !== 'searching') return [];
    if (this.held.length > 0) this.state = 'missing';
    return this.held.splice(0);
  }

  private judge({ time, text }: LogEntry): Replay['state'] {
    const { latest, atLatest, after, latestText } = this.read;
    if (this.met < atLatest) {
      if (time > latest) return 'missing';
      if (time !== latest) return 'searching';
      this.met += 1;
      if (this.met < atLatest) return 'searching';
      if (text !== latestText) return 'missing';
    } else this.beyond += 1;
    return this.beyond < after ? 'searching' : 'found';
  }
}
