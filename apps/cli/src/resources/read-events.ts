import { apiOf, type ClusterAccess, collectionPath } from '@quarterdeck/cluster';
import type { KubeRecord } from '../print/kube-text.ts';
import { answersTo, objectsIn } from './read-objects.ts';

const type = { apiVersion: 'v1', kind: 'Event', plural: 'events', namespaced: true };

export interface EventChoice {
  /** Null: all namespaces. */
  namespace: string | null;
  /** `involvedObject.name=web-0,type=Warning` */
  fieldSelector?: string | undefined;
  chunkSize: number;
}

export async function readEvents(access: Pick<ClusterAccess, 'api' | 'id'>, choice: EventChoice, signal: AbortSignal): Promise<KubeRecord[]> {
  const events: KubeRecord[] = [];
  for await (const answer of answersTo(access, { type, names: null }, choice, { signal, onFailure: () => undefined })) events.push(...objectsIn(answer, type));
  return events;
}

/** What happens from now on, as it happens. The caller's signal ends it. */
export async function* followEvents(access: Pick<ClusterAccess, 'api' | 'id'>, choice: EventChoice, signal: AbortSignal): AsyncGenerator<KubeRecord> {
  const { namespace, fieldSelector } = choice;
  const query = { watch: 'true', ...(fieldSelector === undefined ? {} : { fieldSelector }) };
  const subject = { verb: 'watch' as const, resource: type.plural, namespace };
  const stream = await apiOf(access).stream({ path: collectionPath(type, namespace), query, subject, signal, idleTimeoutMs: 0 });
  try {
    for await (const line of stream.lines) yield* objectsOfFrame(line);
  } finally {
    stream.close();
  }
}

function objectsOfFrame(line: string): KubeRecord[] {
  const frame: unknown = JSON.parse(line);
  const isChange = typeof frame === 'object' && frame !== null && 'type' in frame && 'object' in frame && frame.type !== 'BOOKMARK' && frame.type !== 'DELETED';
  return isChange ? objectsIn(frame.object, type) : [];
}
