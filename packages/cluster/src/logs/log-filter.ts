import { AppError, type LogEntry, type LogFilter, logSeverities, logSeverity, withoutAnsi } from '@quarterdeck/contract';
import { interruptible } from '../rows/interruptible.ts';
import type { LogStream } from './open-logs.ts';

/** Of a longer line only so much is looked at. Characters. */
const looked = 64 * 1024;
const attempts = 3;

/** Picks the entries that are wanted, batch after batch. */
export interface LogSieve {
  take(entries: readonly LogEntry[]): LogEntry[];
}

/** Words about the lines always pass. Throws VALIDATION_ERROR for a broken expression, `take` for one that takes too long. */
export function createLogSieve(filter: LogFilter): LogSieve {
  const include = filter.include.map(compile);
  const exclude = filter.exclude.map(compile);
  const least = filter.severity === undefined ? 0 : logSeverities.indexOf(filter.severity);
  const matches = ({ text }: LogEntry) => {
    const head = withoutAnsi(text.length > looked ? text.slice(0, looked) : text);
    return include.every((expression) => expression.test(head)) && !exclude.some((expression) => expression.test(head)) && isSevere(head, least);
  };
  const around = new Surroundings(filter.before, filter.after);
  const patterns = include.length + exclude.length > 0;
  return {
    take(entries) {
      const test = () => entries.map((entry) => entry.marker !== undefined || matches(entry));
      const wanted = patterns ? interruptedAtLast(test) : test();
      return around.take(entries, wanted);
    },
  };
}

export function isFiltering({ include, exclude, severity }: LogFilter): boolean {
  return include.length > 0 || exclude.length > 0 || severity !== undefined;
}

/** The same log with only the wanted entries. Its `stats` count what was read. */
export function filterLogs(stream: LogStream, filter: LogFilter): LogStream {
  if (!isFiltering(filter)) return stream;
  const sieve = createLogSieve(filter);
  return {
    stats: () => stream.stats(),
    close: () => stream.close(),
    async *[Symbol.asyncIterator]() {
      for await (const entries of stream) {
        const wanted = sieve.take(entries);
        if (wanted.length > 0) yield wanted;
      }
    },
  };
}

/** The limit is one of time that passes: on a busy machine an honest expression may meet it once, and hardly again. */
function interruptedAtLast<T>(run: () => T): T {
  for (let left = attempts - 1; ; left -= 1) {
    try {
      return interruptible(run);
    } catch (thrown) {
      if (left === 0) throw thrown;
    }
  }
}

function compile(pattern: string): RegExp {
  const ignoresCase = pattern.startsWith('(?i)');
  try {
    return new RegExp(ignoresCase ? pattern.slice(4) : pattern, ignoresCase ? 'i' : '');
  } catch (cause) {
    throw new AppError('VALIDATION_ERROR', `"${pattern}" is no regular expression.`, {
      hint: 'Close its brackets, or put a backslash before what is meant literally.',
      cause,
    });
  }
}

function isSevere(text: string, least: number): boolean {
  if (least === 0) return true;
  const severity = logSeverity(text);
  return severity !== null && logSeverities.indexOf(severity) >= least;
}

/** The lines around matches, of the same container. */
class Surroundings {
  private readonly before: number;
  private readonly after: number;
  private readonly byContainer = new Map<string, { past: LogEntry[]; owed: number }>();

  constructor(before: number, after: number) {
    this.before = before;
    this.after = after;
  }

  take(entries: readonly LogEntry[], wanted: readonly boolean[]): LogEntry[] {
    if (this.before === 0 && this.after === 0) return entries.filter((_entry, index) => wanted[index]);
    const taken: LogEntry[] = [];
    for (const [index, entry] of entries.entries()) this.takeOne(entry, wanted[index] === true, taken);
    return taken;
  }

  private takeOne(entry: LogEntry, wanted: boolean, taken: LogEntry[]): void {
    const key = `${entry.pod}/${entry.container}`;
    const around = this.byContainer.get(key) ?? { past: [], owed: 0 };
    this.byContainer.set(key, around);
    if (wanted) {
      for (const past of around.past.splice(0)) taken.push({ ...past, context: true });
      taken.push(entry);
      if (entry.marker === undefined) around.owed = this.after;
    } else if (around.owed > 0) {
      around.owed -= 1;
      taken.push({ ...entry, context: true });
    } else if (this.before > 0) {
      around.past.push(entry);
      if (around.past.length > this.before) around.past.shift();
    }
  }
}
