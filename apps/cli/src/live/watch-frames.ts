import { apiOf, type ClusterAccess, collectionPath } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { isRecord } from '../print/kube-text.ts';
import { answersTo, type ReadChoice } from '../resources/read-objects.ts';
import type { ResourceQuery } from '../resources/resource-query.ts';

/** What a list or a watch tells, as it was sent: an answer with all that there is, then a change each. */
export interface WatchFrame {
  type: 'LISTED' | 'ADDED' | 'MODIFIED' | 'DELETED';
  object: unknown;
}

/** Lists, then watches from there on, and does both anew where the server has forgotten that moment. */
export async function* watchFrames(
  access: Pick<ClusterAccess, 'api' | 'id'>,
  { type, names }: ResourceQuery,
  choice: ReadChoice,
  signal: AbortSignal,
): AsyncGenerator<WatchFrame> {
  const named = names === null ? {} : { fieldSelector: `metadata.name=${names[0] ?? ''}` };
  const selected = { ...choice, ...named };
  for (;;) {
    let version = '';
    const failed = (error: AppError) => {
      throw error;
    };
    for await (const answer of answersTo(access, { type, names: null }, selected, { signal, onFailure: failed })) {
      version = versionOf(answer);
      yield { type: 'LISTED', object: answer };
    }
    try {
      yield* changesFrom(access, { type, names }, selected, version, signal);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'GONE') throw thrown;
    }
  }
}

async function* changesFrom(
  access: Pick<ClusterAccess, 'api' | 'id'>,
  { type }: ResourceQuery,
  choice: ReadChoice,
  from: string,
  signal: AbortSignal,
): AsyncGenerator<WatchFrame> {
  const { labelSelector, fieldSelector, namespace } = choice;
  let version = from;
  for (;;) {
    const query = {
      ...choice.query,
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: version,
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
    };
    const request = { path: collectionPath(type, namespace), query, ...(choice.accept === undefined ? {} : { accept: choice.accept }), signal };
    const stream = await apiOf(access).stream({ ...request, subject: { verb: 'watch', resource: type.plural, namespace }, idleTimeoutMs: idleMs });
    try {
      for await (const line of stream.lines) {
        const frame = parsed(line);
        version = versionOf(frame.object) || version;
        if (frame.type !== 'BOOKMARK') yield { type: frame.type, object: frame.object };
      }
    } finally {
      stream.close();
    }
  }
}

/** Bookmarks come about once a minute. */
const idleMs = 90_000;

function parsed(line: string): { type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; object: unknown } {
  const frame: unknown = JSON.parse(line);
  const { type, object } = isRecord(frame) ? frame : {};
  if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED' || type === 'BOOKMARK') return { type, object };
  const { code, message } = isRecord(object) ? object : {};
  throw new AppError(code === 410 ? 'GONE' : 'CLUSTER_ERROR', `The watch ended: ${String(message)}.`, { hint: 'Begin it again.' });
}

/** Of an object, of a list, or of the first object of a table. */
function versionOf(object: unknown): string {
  if (!isRecord(object)) return '';
  const { metadata, rows } = object;
  const own = isRecord(metadata) ? metadata.resourceVersion : undefined;
  if (typeof own === 'string' && own !== '') return own;
  const [first] = Array.isArray(rows) ? rows : [];
  return isRecord(first) ? versionOf(first.object) : '';
}
