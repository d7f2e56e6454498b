import { type ClusterAccess, filterLogs, type LogStream, type LogsRequest, openLogs } from '@quarterdeck/cluster';
import { type LogBatch, type LogEntry, type LogFilter, type LogSeverity, logFilterSchema } from '@quarterdeck/contract';
import { withSeverity } from './annotate.ts';

/** An answer of one piece ends here, whatever was asked for. Characters, entries. */
const mostText = 8 * 1024 * 1024;
const mostEntries = 20_000;

/** The log as one answer: where it is too long, its end. */
export async function readLogs(access: ClusterAccess, request: LogsRequest, filter: LogFilter, signal: AbortSignal): Promise<LogBatch> {
  const stream = filterLogs(await openLogs(access, request, { signal }), filter);
  const end = new LogEnd();
  for await (const entries of stream) end.add(entries);
  const stats = stream.stats();
  return { entries: withSeverity(end.entries()), stats, truncated: end.truncated };
}

/** The last entries of many. */
class LogEnd {
  truncated = false;
  private readonly batches: LogEntry[][] = [];
  private readonly sizes: number[] = [];
  private text = 0;
  private count = 0;

  add(entries: LogEntry[]): void {
    const size = entries.reduce((sum, { text }) => sum + text.length, 0);
    this.batches.push(entries);
    this.sizes.push(size);
    this.text += size;
    this.count += entries.length;
    while (this.batches.length > 1 && (this.text > mostText || this.count > mostEntries)) {
      this.truncated = true;
      this.text -= this.sizes.shift() ?? 0;
      this.count -= this.batches.shift()?.length ?? 0;
    }
  }

  entries(): LogEntry[] {
    return this.batches.flat();
  }
}

export interface TextForm {
  /** `jsonl`: each entry as an object, with how bad it says it is. */
  form: 'text' | 'jsonl';
  timestamps: boolean;
  /** The pod and the container in front of each line. */
  prefix: boolean;
}

/** The log as text, as it comes. */
export async function* logText(stream: LogStream, form: TextForm): AsyncGenerator<string> {
  for await (const entries of stream) yield form.form === 'jsonl' ? jsonLines(entries) : textLines(entries, form);
}

function jsonLines(entries: readonly LogEntry[]): string {
  return withSeverity(entries)
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join('');
}

/** Words about the log are lines of their own, in brackets. */
function textLines(entries: readonly LogEntry[], { timestamps, prefix }: TextForm): string {
  let text = '';
  for (const entry of entries) {
    if (prefix) text += `[pod/${entry.pod}/${entry.container}] `;
    if (timestamps && entry.time !== '') text += `${entry.time} `;
    text += entry.marker === undefined ? `${entry.text}\n` : `[${entry.marker}: ${entry.text}]\n`;
  }
  return text;
}

export interface QueryFilter {
  include?: string | undefined;
  exclude?: string | undefined;
  severity?: LogSeverity | undefined;
  before: number;
  after: number;
}

/** The filter of a query, in which each line is an expression. */
export function filterOf({ include, exclude, severity, before, after }: QueryFilter): LogFilter {
  return logFilterSchema.parse({ include: linesOf(include), exclude: linesOf(exclude), before, after, severity });
}

function linesOf(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line !== '');
}
