import { AppError, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';
import { statusError } from '../transport/status-error.ts';
import type { RequestSubject, Transport } from '../transport/transport.ts';
import type { WatchEvent, WatchOptions } from './cluster-access.ts';
import { ingestObject } from './ingest.ts';
import { isSecretKind, selectors } from './list-pages.ts';
import { collectionPath } from './resource-path.ts';
import { SecretTableReader, tableAccept } from './secret-table.ts';

/** Bookmarks come about once a minute; a stream that is silent for longer is dead, whatever TCP thinks. */
export const watchIdleTimeoutMs = 90_000;

const frameSchema = z.object({ type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']), object: z.unknown() });
const versioned = z.object({ metadata: z.object({ resourceVersion: z.string() }) });

const eventTypes = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' } as const;

/** Between 240 and 300 seconds, so that the watches of one start do not all come back in the same second. */
export function watchSeconds(random: () => number): number {
  return 240 + Math.floor(random() * 61);
}

export async function* watchEvents(
  transport: Transport,
  kind: ResourceKind,
  options: WatchOptions,
  timing: { seconds: number; idleTimeoutMs: number },
): AsyncGenerator<WatchEvent> {
  const namespace = kind.namespaced ? (options.namespace ?? null) : null;
  const subject: RequestSubject = { verb: 'watch', resource: kind.plural, namespace };
  const secrets = isSecretKind(kind);
  const table = secrets ? new SecretTableReader(kind) : null;
  const query = {
    watch: 'true',
    allowWatchBookmarks: 'true',
    timeoutSeconds: String(timing.seconds),
    resourceVersion: options.resourceVersion,
    ...(secrets ? { includeObject: 'Metadata' } : {}),
    ...selectors(options),
  };
  const request = { path: collectionPath(kind, namespace), query, ...(secrets ? { accept: tableAccept } : {}), subject, signal: options.signal };
  const stream = await transport.stream({ ...request, idleTimeoutMs: timing.idleTimeoutMs });
  try {
    yield { type: 'bookmark', resourceVersion: options.resourceVersion };
    for await (const line of stream.lines) yield* readEvent(line, kind, subject, table);
  } finally {
    stream.close();
  }
}

function* readEvent(line: string, kind: ResourceKind, subject: RequestSubject, table: SecretTableReader | null): Generator<WatchEvent> {
  const { type, object: raw } = parseFrame(line, subject);
  if (type === 'ERROR') throw statusError(500, raw, subject);
  if (type === 'BOOKMARK') {
    const resourceVersion = versionOf(raw);
    if (resourceVersion !== null) yield { type: 'bookmark', resourceVersion };
    return;
  }
  for (const object of readObjects(raw, kind, table)) {
    yield { type: eventTypes[type], object, resourceVersion: object.metadata.resourceVersion ?? '' };
  }
}

function readObjects(raw: unknown, kind: ResourceKind, table: SecretTableReader | null): KubeObject[] {
  const rows = table?.read(raw) ?? null;
  if (rows !== null) return rows;
  const object = ingestObject(raw, kind);
  return object === null ? [] : [object];
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
