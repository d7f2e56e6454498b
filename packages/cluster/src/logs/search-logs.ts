import { AppError, type LogEntry, type LogFilter, type LogSearch } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { createLogSieve } from './log-filter.ts';
import { type LogStream, type LogsRequest, openLogs } from './open-logs.ts';

export interface SearchLimits {
  /** Matches with what is around them. */
  entries: number;
  bytes: number;
  milliseconds: number;
}

export interface SearchOptions {
  filter: LogFilter;
  limits: SearchLimits;
  signal: AbortSignal;
}

/**
 * Looks through what the nodes still have: the runs before, then the current ones. It ends at the limits and says what
 * it did not read. Throws as `openLogs` does where nothing can be read at all.
 */
export async function searchLogs(access: ClusterAccess, request: Omit<LogsRequest, 'follow' | 'previous'>, options: SearchOptions): Promise<LogSearch> {
  const found: LogSearch = { entries: [], matches: 0, linesRead: 0, bytesRead: 0, unread: [] };
  const known: Newest = new Map();
  const late = AbortSignal.timeout(Math.ceil(options.limits.milliseconds));
  for (const previous of [true, false]) {
    const signal = AbortSignal.any([options.signal, late]);
    try {
      await searchRun(access, { ...request, follow: false, previous }, { ...options, signal }, { found, known });
    } catch (thrown) {
      options.signal.throwIfAborted();
      if (!late.aborted) throw thrown;
      found.unread.push(`The rest of the ${previous ? 'previous' : 'current'} logs: the search may take ${options.limits.milliseconds / 1000} s.`);
    }
    if (late.aborted) break;
  }
  return found;
}

async function searchRun(access: ClusterAccess, request: LogsRequest, options: SearchOptions, so: SoFar): Promise<void> {
  const { found } = so;
  const stream = await openLogs(access, request, { signal: options.signal });
  try {
    const limit = await look(stream, options, so, request.previous);
    if (limit !== null) found.unread.push(`The rest of the ${request.previous ? 'previous' : 'current'} logs: ${limit}.`);
    else if (!request.previous) found.unread.push(...failuresOf(stream));
  } catch (thrown) {
    if (!request.previous || !isAbsent(thrown)) throw thrown;
  } finally {
    await stream.close();
  }
}

/** By pod and container: the time of the last line of the run before. */
type Newest = Map<string, string>;

interface SoFar {
  found: LogSearch;
  known: Newest;
}

const sourceOf = ({ pod, container }: LogEntry): string => `${pod}/${container}`;

function note(entries: readonly LogEntry[], known: Newest): void {
  for (const entry of entries) if (entry.time !== '') known.set(sourceOf(entry), entry.time);
}

/** While a container waits to be started again, the node serves its last run as the current one and as the one before. */
function isNewer(entry: LogEntry, known: Newest): boolean {
  return entry.time === '' || entry.time > (known.get(sourceOf(entry)) ?? '');
}

/** The limit that ended it; null where all was read. */
async function look(stream: LogStream, { filter, limits }: SearchOptions, { found, known }: SoFar, previous: boolean): Promise<string | null> {
  const sieve = createLogSieve(filter);
  for await (const read of stream) {
    const batch = previous ? read : read.filter((entry) => isNewer(entry, known));
    if (previous) note(batch, known);
    found.linesRead += batch.length;
    for (const { text } of batch) found.bytesRead += text.length;
    for (const entry of sieve.take(batch.filter(({ marker }) => marker === undefined))) keep(entry, found);
    const limit = reached(found, limits);
    if (limit !== null) return limit;
  }
  return null;
}

function failuresOf(stream: LogStream): string[] {
  const failed = stream.stats().sources.filter(({ state }) => state === 'failed');
  return failed.map(({ pod, container, reason }) => `${pod}/${container}: ${reason ?? 'it failed.'}`);
}

/** A container that never ran before has no previous log, which is no gap. */
function isAbsent(thrown: unknown): boolean {
  return thrown instanceof AppError && (thrown.code === 'NOT_FOUND' || thrown.code === 'VALIDATION_ERROR');
}

function keep(entry: LogEntry, found: LogSearch): void {
  found.entries.push(entry);
  if (entry.context === undefined) found.matches += 1;
}

function reached(found: LogSearch, limits: SearchLimits): string | null {
  if (found.entries.length >= limits.entries) return `no more than ${limits.entries} lines are shown`;
  if (found.bytesRead >= limits.bytes) return `${Math.round(limits.bytes / 1024 / 1024)} MiB were read`;
  return null;
}
