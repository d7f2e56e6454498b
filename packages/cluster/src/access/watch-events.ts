import { AppError, type ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';
import { statusError } from '../transport/status-error.ts';
import type { RequestSubject, Transport } from '../transport/transport.ts';
import type { ListOptions, WatchEvent, WatchOptions } from './cluster-access.ts';
import { type Representation, readItem, representationOf, selectors } from './representation.ts';
import { collectionPath } from './resource-path.ts';

/** Bookmarks come about once a minute; a stream that is silent for longer is dead, whatever TCP thinks. */
export const watchIdleTimeoutMs = 90_000;

const frameSchema = z.object({ type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']), object: z.unknown() });
const versioned = z.object({ metadata: z.object({ resourceVersion: z.string() }) });

const initialEventsEnd = 'k8s.io/initial-events-end';
const annotated = { metadata: z.object({ annotations: z.record(z.string(), z.string()).nullish() }).nullish() };
const annotatedSchema = z.object({ ...annotated, rows: z.array(z.object({ object: z.object(annotated).nullish() })).nullish() });

const eventTypes = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' } as const;

/** Between 240 and 300 seconds, so that the watches of one start do not all come back in the same second. */
export function watchSeconds(random: () => number): number {
  return 240 + Math.floor(random() * 61);
}

export interface WatchTiming {
  seconds: number;
  idleTimeoutMs: number;
}

export async function* watchEvents(transport: Transport, kind: ResourceKind, options: WatchOptions, timing: WatchTiming): AsyncGenerator<WatchEvent> {
  yield* eventsOf(transport, kind, options, { ...timing, query: { resourceVersion: options.resourceVersion }, from: options.resourceVersion });
}

/** See `ClusterAccess.watchList`. */
export async function* watchListEvents(transport: Transport, kind: ResourceKind, options: ListOptions, timing: WatchTiming): AsyncGenerator<WatchEvent> {
  yield* eventsOf(transport, kind, options, { ...timing, query: { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' }, from: '' });
}

interface Beginning extends WatchTiming {
  query: Record<string, string>;
  /** The version of the first bookmark. */
  from: string;
}

async function* eventsOf(transport: Transport, kind: ResourceKind, options: ListOptions, beginning: Beginning): AsyncGenerator<WatchEvent> {
  const namespace = kind.namespaced ? (options.namespace ?? null) : null;
  const subject: RequestSubject = { verb: 'watch', resource: kind.plural, namespace };
  const representation = representationOf(kind, options);
  const query = {
    watch: 'true',
    allowWatchBookmarks: 'true',
    timeoutSeconds: String(beginning.seconds),
    ...beginning.query,
    ...representation.query,
    ...selectors(options),
  };
  const request = { path: collectionPath(kind, namespace), query, ...representation.headers, subject, signal: options.signal };
  const stream = await transport.stream({ ...request, idleTimeoutMs: beginning.idleTimeoutMs });
  try {
    yield { type: 'bookmark', resourceVersion: beginning.from };
    for await (const line of stream.lines) yield* readEvent(line, kind, subject, representation);
  } finally {
    stream.close();
  }
}

function* readEvent(line: string, kind: ResourceKind, subject: RequestSubject, representation: Representation): Generator<WatchEvent> {
  const { type, object: raw } = parseFrame(line, subject);
  if (type === 'ERROR') throw statusError(500, raw, subject);
  if (type === 'BOOKMARK') {
    const resourceVersion = versionOf(raw);
    if (resourceVersion !== null) yield { type: 'bookmark', resourceVersion, ...(endsInitialEvents(raw) ? { initialEventsEnd: true } : {}) };
    return;
  }
  for (const object of representation.readTable(raw) ?? readItem(raw, kind)) {
    yield { type: eventTypes[type], object, resourceVersion: object.metadata.resourceVersion ?? '' };
  }
}

/** A table carries the bookmark's own metadata in its only row. */
function endsInitialEvents(raw: unknown): boolean {
  const bookmark = annotatedSchema.safeParse(raw).data;
  return [bookmark, ...(bookmark?.rows ?? []).map((row) => row.object)].some((object) => object?.metadata?.annotations?.[initialEventsEnd] === 'true');
}

function versionOf(raw: unknown): string | null {
  const bookmark = versioned.safeParse(raw);
  return (bookmark.success && bookmark.data.metadata.resourceVersion) || null;
}

function parseFrame(line: string, subject: RequestSubject): z.infer<typeof frameSchema> {
  try {
    return frameSchema.parse(JSON.parse(line));
  } catch (thrown) {
    throw new AppError('CLUSTER_ERROR', `The watch of ${subject.resource} sent a line that is not a watch event.`, {
      hint: 'A proxy between here and the API server may cut or change long responses.',
      cause: thrown,
    });
  }
}
