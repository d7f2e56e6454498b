import { createLogSieve, filterLogs, openLogs, parseLogLine } from '@quarterdeck/cluster';
import { AppError, containerScopes, isKind, type KindTypes, type LogEntry, type LogFilter, logSeverities, refLabel } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { type FoundObject, findObject, objectShape, seen } from './find-object.ts';

const mostLines = 2_000;
/** Where something is looked for in a log, so many lines are looked at. */
const searched = 20_000;

const inputSchema = z.object({
  ...objectShape,
  kind: objectShape.kind.default('Pod'),
  container: z.string().min(1).max(253).optional().describe('One container by name; left out, `containers` says which.'),
  containers: z.enum(containerScopes).default('regular'),
  previous: z.boolean().default(false).describe('The runs before: what a container that restarts wrote last.'),
  tail: z.number().int().positive().max(mostLines).default(200).describe('Lines from the end; with a search, the last matching ones.'),
  sinceMinutes: z.number().positive().max(10_080).optional(),
  include: z.string().min(1).max(500).optional().describe('A regular expression; only lines that match.'),
  severity: z.enum(logSeverities).optional().describe('This severity or worse.'),
});
type LogsInput = z.output<typeof inputSchema>;

export const getLogs = (cluster: AskedCluster) =>
  defineAssistantTool({
    name: 'get_logs',
    title: 'Get logs',
    description: 'The end of the log of a pod, or of all pods of a workload or Service, in the order of time; or the lines of it that match.',
    permission: 'log.read',
    effect: 'read',
    input: inputSchema,
    async run(input, signal) {
      const found = await findObject(cluster, input, signal);
      const { entries, read } =
        cluster.access.api === null ? await recordedLines(cluster, found, input, signal) : await liveLines(cluster, found, input, signal);
      const told = entries.slice(-input.tail);
      const several = new Set(told.map(({ pod, container }) => `${pod}/${container}`)).size > 1;
      const value = {
        object: refLabel(found.ref),
        containers: [...new Set(told.map(({ pod, container }) => `${pod}/${container}`))],
        lines: told.map((entry) => lineText(entry, several)),
        linesRead: read,
        left: entries.length - told.length,
      };
      return { value, seen: [seen(found.object)], leavesWith: ['sendLogs'] };
    },
  });

function lineText({ pod, container, time, text, marker }: LogEntry, several: boolean): string {
  const words = marker === undefined ? text : `[${marker}: ${text}]`;
  return [time, several ? `${pod}/${container}` : '', words].filter((part) => part !== '').join(' ');
}

function filterOf({ include, severity }: LogsInput): LogFilter {
  return { include: include === undefined ? [] : [include], exclude: [], before: 0, after: 0, ...(severity === undefined ? {} : { severity }) };
}

interface ReadLines {
  entries: LogEntry[];
  /** How many lines were looked at. */
  read: number;
}

async function liveLines({ access }: AskedCluster, { kind, ref }: FoundObject, input: LogsInput, signal: AbortSignal): Promise<ReadLines> {
  const searching = input.include !== undefined || input.severity !== undefined;
  const request = {
    namespace: ref.namespace ?? '',
    kind: `${kind.kind}${kind.apiVersion.includes('/') ? `.${kind.apiVersion.slice(0, kind.apiVersion.indexOf('/'))}` : ''}`,
    name: ref.name,
    container: input.container,
    containers: input.containers,
    follow: false,
    previous: input.previous,
    tail: searching ? searched : input.tail,
    ...(input.sinceMinutes === undefined ? {} : { sinceSeconds: Math.ceil(input.sinceMinutes * 60) }),
  };
  const stream = filterLogs(await openLogs(access, request, { signal }), filterOf(input));
  const entries: LogEntry[] = [];
  try {
    for await (const batch of stream) {
      entries.push(...batch);
      if (entries.length > 2 * mostLines) entries.splice(0, entries.length - mostLines);
    }
    return { entries, read: stream.stats().shown };
  } finally {
    await stream.close();
  }
}

/** A recording keeps the ends of logs, container by container. */
async function recordedLines(cluster: AskedCluster, found: FoundObject, input: LogsInput, signal: AbortSignal): Promise<ReadLines> {
  const { view } = await cluster.checked(signal);
  const pods = isKind(found.object, 'Pod') ? [found.object] : view.podsOf(found.ref);
  if (pods.length === 0) throw new AppError('NOT_FOUND', `${refLabel(found.ref)} has no pods.`, { hint: 'Name a pod, or a workload that has some.' });
  const parts = pods.flatMap((pod) => containersIn(pod, input.container).map((container) => ({ pod, container })));
  const logs = await Promise.all(parts.map(({ pod, container }) => recordedLog(cluster, pod, container, { previous: input.previous, signal })));
  const all = logs.flat().sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  return { entries: createLogSieve(filterOf(input)).take(all), read: all.length };
}

async function recordedLog(
  { access }: AskedCluster,
  { metadata }: KindTypes['Pod'],
  container: string,
  { previous, signal }: { previous: boolean; signal: AbortSignal },
): Promise<LogEntry[]> {
  const lines = await access.log({ namespace: metadata.namespace ?? '', pod: metadata.name, container, previous, lines: mostLines, signal });
  return lines.map(parseLogLine).map(({ at, text }) => ({ pod: metadata.name, container, time: at ?? '', text }));
}

function containersIn({ spec }: KindTypes['Pod'], wanted: string | undefined): string[] {
  const names = (spec?.containers ?? []).map(({ name }) => name);
  return wanted === undefined ? names : names.filter((name) => name === wanted);
}
