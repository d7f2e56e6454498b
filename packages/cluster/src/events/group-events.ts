import { createHash } from 'node:crypto';
import { type EventGroup, type EventList, isKind, type KindTypes, type KubeObject, type ObjectRef, refKey, refLabel } from '@quarterdeck/contract';

type Event = KindTypes['Event'];

export interface EventFilter {
  namespace?: string | undefined;
  eventType?: 'Warning' | 'Normal' | undefined;
  /** Words that must all occur in reason, object or message. */
  search: string;
  /** `Pod/web-1,ReplicaSet/web`; empty or left out: whatever it is about. */
  about?: string;
  limit: number;
}

/** Events as lines to read: one for each reason and wording on an object, with all occurrences counted; the latest first. */
export function groupEvents(objects: Iterable<KubeObject>, filter: EventFilter): EventList {
  const groups = new Map<string, EventGroup>();
  const isWanted = eventTest(filter);
  let events = 0;
  for (const object of objects) {
    if (!isKind(object, 'Event')) continue;
    const about = aboutOf(object);
    if (!isWanted(object, about)) continue;
    events += 1;
    const id = idOf(object, about);
    groups.set(id, merged(groups.get(id), groupOf(object, about, id)));
  }
  const sorted = [...groups.values()].sort((a, b) => compare(b.lastAt ?? '', a.lastAt ?? '') || compare(a.id, b.id));
  return { groups: sorted.slice(0, filter.limit), total: groups.size, events };
}

function eventTest({ namespace, eventType, search, about: wanted = '' }: EventFilter): (event: Event, about: ObjectRef) => boolean {
  const objects = wanted === '' ? null : new Set(wanted.split(','));
  const words = search.toLowerCase().split(/\s+/);
  return (event, about) => {
    if (eventType !== undefined && (event.type ?? 'Normal') !== eventType) return false;
    if (namespace !== undefined && (about.namespace ?? event.metadata.namespace) !== namespace) return false;
    if (objects !== null && !objects.has(`${about.kind}/${about.name}`)) return false;
    const text = `${event.reason ?? ''} ${refLabel(about)} ${event.message ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

function aboutOf({ involvedObject: about }: Event): ObjectRef {
  return { apiVersion: about.apiVersion ?? 'v1', kind: about.kind ?? '', namespace: about.namespace || null, name: about.name ?? '' };
}

function idOf(event: Event, about: ObjectRef): string {
  const text = `${event.type ?? 'Normal'}|${event.reason ?? ''}|${refKey(about)}|${containerOf(event) ?? ''}|${messageTemplate(event.message ?? '')}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** A message without what differs from one occurrence to the next: numbers, addresses, ids, generated names. */
export function messageTemplate(message: string): string {
  return message
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '*')
    .replace(/\b[0-9a-f]{12,}\b/gi, '*')
    .replace(/-[bcdf-hj-np-tv-z2456789]{5,10}(?:-[bcdf-hj-np-tv-z2456789]{5})?(?![a-z0-9])/g, '-*')
    .replace(/\d+(?:\.\d+)*(?:ns|µs|us|ms|[smh])?/g, '*')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Newer components write series and eventTime, older ones the deprecated timestamps. */
function groupOf(event: Event, object: ObjectRef, id: string): EventGroup {
  const created = event.metadata.creationTimestamp;
  const container = containerOf(event);
  return {
    id,
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    object,
    ...(container === null ? {} : { container }),
    message: (event.message ?? '').trim(),
    count: Math.max(1, event.series?.count ?? event.count ?? 1),
    firstAt: event.firstTimestamp ?? event.eventTime ?? created ?? null,
    lastAt: event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? created ?? null,
    source: event.reportingComponent || event.source?.component || '',
  };
}

/** `spec.containers{app}` is where the kubelet says which container it means. */
function containerOf({ involvedObject: { fieldPath = '' } }: Event): string | null {
  return /^spec\.(?:initC|ephemeralC|c)ontainers\{(.+)\}$/.exec(fieldPath)?.[1] ?? null;
}

function merged(known: EventGroup | undefined, next: EventGroup): EventGroup {
  if (known === undefined) return next;
  const latest = compare(next.lastAt ?? '', known.lastAt ?? '') >= 0 ? next : known;
  const firsts = [known.firstAt, next.firstAt].filter((at) => at !== null).sort(compare);
  return { ...latest, count: known.count + next.count, firstAt: firsts[0] ?? null };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
