import type { LogStream, LogsRequest } from '@quarterdeck/cluster';
import { AppError, type LogEntry, logSeverities } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { parseGoDuration } from '../output/go-duration.ts';
import { LogPrinter } from '../output/log-text.ts';
import { printable } from '../output/printable.ts';
import { painter } from '../output/style.ts';

const lines = z.coerce.number('must be a number of lines').int();

const input = z.object({
  ...clusterInput,
  target: z.string().min(1).optional(),
  containerName: z.string().min(1).optional(),
  namespace: z.string().min(1).optional(),
  selector: z.string().min(1).optional(),
  container: z.string().min(1).optional(),
  allContainers: z.boolean().default(false),
  follow: z.boolean().default(false),
  previous: z.boolean().default(false),
  since: z.string().optional(),
  sinceTime: z.iso.datetime({ offset: true, error: 'must be a time as 2026-01-31T12:00:00Z' }).optional(),
  tail: lines.min(-1).optional(),
  timestamps: z.boolean().default(false),
  prefix: z.boolean().default(false),
  include: z.array(z.string().min(1)).default([]),
  exclude: z.array(z.string().min(1)).default([]),
  severity: z.enum(logSeverities).optional(),
  before: lines.min(0).max(100).default(0),
  after: lines.min(0).max(100).default(0),
});
type Input = z.output<typeof input>;

export const logs = defineCommand({
  name: 'logs',
  summary: 'Print the log of a container, a pod or a whole workload',
  description:
    'Lines of several pods come in the order of their times. With --follow, pods that come later and containers that restart are followed as well; what is lost is told on stderr.',
  input,
  arguments: { target: 'A pod, or TYPE/NAME: deploy/api, job/import, svc/web', containerName: 'The container, as --container' },
  options: {
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    selector: { short: 'l', value: 'labels', description: 'All pods with these labels, e.g. app=web' },
    container: { short: 'c', value: 'name', description: 'This container (default: the annotated one, else the first)' },
    allContainers: { description: 'All containers, those for initialisation and debugging as well' },
    follow: { short: 'f', description: 'Go on as lines are written' },
    previous: { short: 'p', description: 'The run before the last restart' },
    since: { value: 'duration', description: 'Only lines of so long, e.g. 90s, 5m, 1h30m' },
    sinceTime: { value: 'time', description: 'Only lines after this time (RFC 3339)' },
    tail: { value: 'lines', description: 'Only so many lines from the end of each log (default: all; 10 with --selector)' },
    timestamps: { description: 'Write the time of each line' },
    prefix: { description: 'Write the pod and container of each line (always on a terminal, where there are several)' },
    include: { value: 'regex', repeatable: true, description: 'Only lines that match; several must all match' },
    exclude: { value: 'regex', repeatable: true, description: 'No lines that match' },
    severity: { value: 'level', description: `Only lines of this severity or worse: ${logSeverities.join(', ')}` },
    before: { value: 'lines', description: 'Lines to show before each that matches' },
    after: { value: 'lines', description: 'Lines to show after each that matches' },
    ...clusterOptions,
  },
  examples: [
    ['logs api-7d9c', 'one pod'],
    ['logs -f deploy/api --tail 20', 'a whole deployment, as it writes'],
    ['logs -l app=web --since 10m --include timeout', 'what several pods said about timeouts'],
    ['logs api-7d9c -p', 'what it said before it was restarted'],
  ],
  async run(typed, context) {
    const [{ filterLogs, openLogs }, { defaultNamespace }] = await Promise.all([import('@quarterdeck/cluster'), import('../cluster/default-namespace.ts')]);
    const request = requestOf(typed, typed.namespace ?? (await defaultNamespace(typed)));
    const access = await context.openAccess(typed);
    try {
      const stream = filterLogs(await openLogs(access, request, { signal: context.signal }), typed);
      await print(stream, typed, context);
      return 0;
    } finally {
      await access.close();
    }
  },
});

function refuseContradictions({ target, selector, since, sinceTime }: Input): void {
  if (since !== undefined && sinceTime !== undefined) throw wrong('--since and --since-time exclude each other.', 'Leave one of them out.');
  if (target === undefined && selector === undefined)
    throw wrong('Neither a target nor --selector is given.', 'Name a pod or TYPE/NAME, or select pods with -l.');
  if (target !== undefined && selector !== undefined) throw wrong('A target and --selector exclude each other.', 'Leave one of them out.');
}

function requestOf(typed: Input, namespace: string): LogsRequest {
  refuseContradictions(typed);
  const { target, selector, allContainers, follow, previous, sinceTime } = typed;
  const slash = target?.indexOf('/') ?? -1;
  const container = typed.container ?? typed.containerName;
  const tail = typed.tail ?? (selector === undefined || follow ? undefined : 10);
  return {
    ...{ namespace, selector, container, follow, previous, sinceTime },
    kind: target === undefined || slash < 0 ? 'Pod' : target.slice(0, slash),
    name: target?.slice(slash + 1),
    containers: allContainers ? 'all' : 'default',
    sinceSeconds: typed.since === undefined ? undefined : seconds(typed.since),
    tail: tail === undefined || tail < 0 ? undefined : tail,
  };
}

function seconds(since: string): number {
  const parsed = parseGoDuration(since);
  if (parsed !== null && parsed > 0) return parsed;
  throw wrong(`--since is "${since}", which is no duration.`, 'Give one as 90s, 5m or 1h30m.');
}

function wrong(message: string, hint: string): AppError {
  return new AppError('VALIDATION_ERROR', message, { hint });
}

async function print(stream: LogStream, { timestamps, prefix, follow }: Input, { out, err, signal }: CommandContext): Promise<void> {
  const several = () => out.columns !== null && stream.stats().sources.length > 1;
  const terminal = out.columns !== null;
  const printer = new LogPrinter({ timestamps, prefix: prefix || several(), terminal, paint: painter(out.colour) });
  try {
    for await (const entries of stream) {
      const marked = entries.some(({ marker }) => marker !== undefined);
      out.write(printer.text(marked ? entries.filter(({ marker }) => marker === undefined) : entries));
      if (marked) for (const entry of entries) tell(entry, stream, err);
    }
  } catch (thrown) {
    // Who follows a log ends it with an interruption; that is no failure.
    if (!follow || !signal.aborted) throw thrown;
  } finally {
    const { lost, gaps } = stream.stats();
    if (lost + gaps > 0) err.write(`qd: ${lost} lines were lost and ${gaps} gaps found; the words above say where.\n`);
  }
}

/** What is said about the log. The failure of a single source is the error of the command. */
function tell({ marker, text, pod, container }: LogEntry, stream: LogStream, err: CommandContext['err']): void {
  if (marker === undefined || (marker === 'failed' && stream.stats().sources.length === 1)) return;
  err.write(`qd: ${pod}/${container}: ${printable(text)}\n`);
}
