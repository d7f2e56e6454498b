import type { LogEntry } from '@quarterdeck/contract';
import { type LogLine, logLine, sourceKey } from './log-line.ts';
import type { SeverityChoice } from './log-subject.ts';

export type SeverityCounts = Readonly<Record<SeverityChoice, number>>;

/** So many more may gather before the oldest go: to move all of them for each line would be slow. */
const slack = 2_000;

/** The lines in memory: those of several streams in the order of time, and no more than `capacity`. */
export class LogLines {
  /** Another array after each change. */
  all: readonly LogLine[] = [];
  /** How many had to go to make room. */
  trimmed = 0;
  private readonly capacity: number;
  private kept: LogLine[] = [];
  private readonly last = new Map<string, LogLine>();
  private readonly counted = new Map<SeverityChoice, number>();
  private ids = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get full(): boolean {
    return this.kept.length >= this.capacity;
  }

  counts(): SeverityCounts {
    const of = (choice: SeverityChoice) => this.counted.get(choice) ?? 0;
    return { fatal: of('fatal'), error: of('error'), warn: of('warn'), info: of('info'), debug: of('debug'), trace: of('trace'), none: of('none') };
  }

  /** Adds what one stream told, which is in order in itself. */
  add(entries: readonly LogEntry[], stream: number, namespace: string): void {
    if (entries.length === 0) return;
    this.insert(entries.map((entry) => this.take(entry, stream, namespace)));
    if (this.kept.length > this.capacity + slack) this.forget(this.kept.length - this.capacity);
    this.all = [...this.kept];
  }

  /** The page's own word, after all that came so far. */
  addReconnected(): void {
    const order = this.kept.at(-1)?.order ?? '';
    const line = logLine({ pod: '', container: '', time: '', text: '' }, { id: this.nextId(), order, namespace: '' }, undefined);
    this.kept.push({ ...line, marker: 'reconnected' });
    this.all = [...this.kept];
  }

  clear(): void {
    this.kept = [];
    this.counted.clear();
    this.all = [];
  }

  private take(entry: LogEntry, stream: number, namespace: string): LogLine {
    const key = `${stream} ${sourceKey(entry)}`;
    const line = logLine(entry, { id: this.nextId(), order: this.last.get(`${stream}`)?.order ?? '', namespace }, this.last.get(key));
    this.last.set(key, line);
    this.last.set(`${stream}`, line);
    this.count(line, 1);
    return line;
  }

  /** Behind what is as old as it; nearly always at the end. */
  private insert(lines: readonly LogLine[]): void {
    const first = lines[0]?.order ?? '';
    let start = this.kept.length;
    while (start > 0 && (this.kept[start - 1]?.order ?? '') > first) start -= 1;
    const newer = this.kept.splice(start);
    let at = 0;
    for (const line of lines) {
      for (let next = newer[at]; next !== undefined && next.order <= line.order; next = newer[at]) {
        this.kept.push(next);
        at += 1;
      }
      this.kept.push(line);
    }
    for (const line of newer.slice(at)) this.kept.push(line);
  }

  private forget(count: number): void {
    for (const line of this.kept.splice(0, count)) {
      this.count(line, -1);
      if (line.marker === null) this.trimmed += 1;
    }
  }

  private count({ marker, severity }: LogLine, by: number): void {
    if (marker !== null) return;
    const choice = severity ?? 'none';
    this.counted.set(choice, (this.counted.get(choice) ?? 0) + by);
  }

  private nextId(): number {
    this.ids += 1;
    return this.ids;
  }
}
