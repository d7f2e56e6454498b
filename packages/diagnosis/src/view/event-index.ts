import { type KindTypes, type KubeObject, type ObjectRef, refKey } from '@quarterdeck/contract';
import type { ObjectEvent } from './cluster-view.ts';

interface IndexedEvent extends ObjectEvent {
  uid: string;
}

/**
 * Events by what they are about. A uid decides where both sides have one, so that an earlier object of the same name
 * passes nothing on; the kubelet gives a node's name as its uid, which counts as none.
 */
export class EventIndex {
  readonly #byObject: Map<string, IndexedEvent[]>;

  constructor(events: readonly KindTypes['Event'][]) {
    this.#byObject = Map.groupBy(events.map(readEvent), (event) => refKey(event.object));
    for (const list of this.#byObject.values()) list.sort(newestFirst);
  }

  on(ref: ObjectRef, object: KubeObject | undefined): readonly ObjectEvent[] {
    const events = this.#byObject.get(refKey(ref)) ?? [];
    const uid = object?.metadata.uid;
    if (uid === undefined) return events;
    return events.filter((event) => event.uid === '' || event.uid === uid || event.uid === ref.name);
  }
}

function readEvent(event: KindTypes['Event']): IndexedEvent {
  const about = event.involvedObject;
  const created = event.metadata.creationTimestamp;
  const at = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? created;
  return {
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    message: event.message ?? '',
    count: event.series?.count ?? event.count ?? 1,
    firstAt: epoch(event.firstTimestamp ?? event.eventTime ?? created ?? at),
    at: epoch(at),
    uid: about.uid ?? '',
    object: { apiVersion: about.apiVersion ?? 'v1', kind: about.kind ?? '', namespace: about.namespace || null, name: about.name ?? '' },
  };
}

/** Epoch milliseconds; 0 where the time is missing or unreadable. */
function epoch(time: string | undefined | null): number {
  const value = Date.parse(time ?? '');
  return Number.isNaN(value) ? 0 : value;
}

function newestFirst(a: ObjectEvent, b: ObjectEvent): number {
  if (a.at !== b.at) return b.at - a.at;
  const [left, right] = [`${a.reason}|${a.message}`, `${b.reason}|${b.message}`];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
