import { isKind, type KindTypes, type ObjectRef, refKey } from '@quarterdeck/contract';
import { KeyedLists } from '../incremental/keyed-lists.ts';
import type { Tracker } from '../incremental/tracker.ts';
import { compareText } from '../resolve/compare-chains.ts';
import type { ObjectEvent } from './cluster-view.ts';
import type { ObjectIndex, SlotChange } from './object-index.ts';

interface IndexedEvent extends ObjectEvent {
  uid: string;
  /** Tells apart what is otherwise the same. */
  key: string;
}

/**
 * Events by what they are about. A uid decides where both sides have one, so that an earlier object of the same name
 * passes nothing on; the kubelet gives a node's name as its uid, which counts as none.
 */
export class EventIndex {
  readonly #index: ObjectIndex;
  readonly #events: KeyedLists<IndexedEvent>;

  constructor(index: ObjectIndex, tracker: Tracker) {
    this.#index = index;
    this.#events = new KeyedLists(tracker, newestFirst);
  }

  /** To be called for every change of an Event. */
  follow({ slot, before, after }: SlotChange): void {
    const from = before !== undefined && isKind(before, 'Event') ? refKey(aboutOf(before)) : null;
    const event = after !== undefined && isKind(after, 'Event') ? readEvent(after, slot.key) : null;
    const to = event === null ? null : refKey(event.object);
    if (from !== null && from !== to) this.#events.remove(from, slot.key);
    if (to !== null && event !== null) this.#events.put(to, slot.key, event);
  }

  on(ref: ObjectRef): readonly ObjectEvent[] {
    const events = this.#events.read(refKey(ref));
    const uid = events.length === 0 ? undefined : this.#index.identityOf(ref)?.uid;
    if (uid === undefined) return events;
    return events.filter((event) => event.uid === '' || event.uid === uid || event.uid === ref.name);
  }
}

function readEvent(event: KindTypes['Event'], key: string): IndexedEvent {
  const created = event.metadata.creationTimestamp;
  const at = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? created;
  return {
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    message: event.message ?? '',
    count: event.series?.count ?? event.count ?? 1,
    firstAt: epoch(event.firstTimestamp ?? event.eventTime ?? created ?? at),
    at: epoch(at),
    uid: event.involvedObject?.uid ?? '',
    object: aboutOf(event),
    key,
  };
}

function aboutOf({ involvedObject: about }: KindTypes['Event']): ObjectRef {
  return { apiVersion: about?.apiVersion ?? 'v1', kind: about?.kind ?? '', namespace: about?.namespace || null, name: about?.name ?? '' };
}

/** Epoch milliseconds; 0 where the time is missing or unreadable. */
function epoch(time: string | undefined | null): number {
  const value = Date.parse(time ?? '');
  return Number.isNaN(value) ? 0 : value;
}

function newestFirst(a: IndexedEvent, b: IndexedEvent): number {
  return b.at - a.at || compareText(`${a.reason}|${a.message}`, `${b.reason}|${b.message}`) || compareText(a.key, b.key);
}
