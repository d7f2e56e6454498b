import { type LogLine, sourceKey } from './log-line.ts';
import type { LogSubject, SeverityChoice } from './log-subject.ts';

/** The lines of these severities with what stands around them in the same container; words about the log always. */
export function selectLines(lines: readonly LogLine[], { severities, context }: Pick<LogSubject, 'severities' | 'context'>): readonly LogLine[] {
  if (severities.length === 0) return lines;
  const wanted = new Set<SeverityChoice>(severities);
  const around = new Around(context);
  for (const line of lines) around.take(line, line.marker !== null || line.context || wanted.has(line.severity ?? 'none'));
  return around.taken;
}

class Around {
  readonly taken: LogLine[] = [];
  private readonly context: number;
  private readonly bySource = new Map<string, { past: LogLine[]; owed: number }>();

  constructor(context: number) {
    this.context = context;
  }

  take(line: LogLine, wanted: boolean): void {
    if (this.context === 0) {
      if (wanted) this.taken.push(line);
      return;
    }
    const key = sourceKey(line);
    const source = this.bySource.get(key) ?? { past: [], owed: 0 };
    this.bySource.set(key, source);
    if (wanted) {
      for (const past of source.past.splice(0)) this.taken.push({ ...past, context: true });
      this.taken.push(line);
      if (line.marker === null) source.owed = this.context;
    } else if (source.owed > 0) {
      source.owed -= 1;
      this.taken.push({ ...line, context: true });
    } else {
      source.past.push(line);
      if (source.past.length > this.context) source.past.shift();
    }
  }
}

/** A text as an expression that matches it and nothing else. */
export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** Where lines say the text, in any case: their indices. */
export function findText(lines: readonly LogLine[], text: string): readonly number[] {
  if (text === '') return [];
  const expression = new RegExp(literally(text), 'i');
  return lines.flatMap((line, index) => (expression.test(line.text) ? index : []));
}

/** What is shorter says too little to know a line by. Characters. */
const telling = 12;

/**
 * The line that a place names: of those that say its text the one next to its time, or the last one. Where no line says
 * all of it, one that says its beginning, else the first from that time on. -1 while it is not there.
 */
export function findPlace(lines: readonly LogLine[], { time, text }: { time: string | null; text: string }): number {
  const said = text.trim();
  for (const part of [said, said.slice(0, said.length / 2), said.slice(0, said.length / 4)]) {
    const index = part === '' || (part !== said && part.length < telling) ? -1 : nearest(lines, part, time);
    if (index >= 0) return index;
  }
  return time === null ? -1 : lines.findIndex((line) => line.marker === null && Date.parse(line.time) >= Date.parse(time));
}

function nearest(lines: readonly LogLine[], text: string, time: string | null): number {
  const same = lines.flatMap((line, index) => (line.marker === null && line.text.includes(text) ? index : []));
  if (time === null) return same.at(-1) ?? -1;
  const distance = (index: number) => Math.abs(Date.parse(lines[index]?.time ?? '') - Date.parse(time));
  return same.toSorted((a, b) => distance(a) - distance(b))[0] ?? -1;
}
