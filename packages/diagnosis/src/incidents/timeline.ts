import { isKind, type KubeObject, type ObjectRef, refKey, refOf, type TimelineEntry } from '@quarterdeck/contract';
import type { Incident } from '../model/incident.ts';
import { containersOf, exitMeaning } from '../pods/containers.ts';
import { timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { changesOf } from './changes.ts';

const mostObjects = 24;
const mostEntries = 80;
/** Older than this before the first symptom nothing is of interest, but for the changes. Milliseconds. */
const lookBack = 1_800_000;

/** An entry before it has words for its time. */
type Timed = Omit<TimelineEntry, 'at'> & { at: number };

/**
 * What happened to the objects of an incident, the oldest first: who changed what, what events told, when states
 * became others. Bounded; where it is too much, the oldest events and states are left out, never the changes.
 */
export function timelineOf(incident: Incident, view: ClusterView): TimelineEntry[] {
  return timelineOfObjects(objectsOf(incident, view), incident.since - lookBack, view);
}

/** What happened to these objects, the oldest first. `since` (epoch milliseconds) bounds events and states, not the changes. */
export function timelineOfObjects(refs: readonly ObjectRef[], since: number, view: ClusterView): TimelineEntry[] {
  const changes = changesOf(refs, view).map(({ at, change }): Timed => ({ at, source: 'change', count: 1, ...change }));
  const seen = refs.flatMap((ref) => [...eventsOn(ref, view), ...statesOf(view.find(ref))]);
  const recent = seen.filter(({ at }) => at >= since).sort(oldestFirst);
  const room = Math.max(0, mostEntries - Math.min(changes.length, mostEntries));
  const kept = [...changes.slice(0, mostEntries), ...recent.slice(recent.length - Math.min(room, recent.length))].sort(oldestFirst);
  return kept.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
}

/** The cause, the objects between, what shows the symptoms, and what the cause's pods read. */
function objectsOf(incident: Incident, view: ClusterView): ObjectRef[] {
  const onChains = incident.chains.flat().map(({ object }) => object);
  const showing = incident.findings.map(({ object }) => object);
  const read = (['reads', 'mounts'] as const).flatMap((type) => view.outgoing(incident.cause, type).map(({ to }) => to));
  const unique = new Map([incident.cause, ...onChains, ...showing, ...showing.map((ref) => view.topOwner(ref)), ...read].map((ref) => [refKey(ref), ref]));
  return [...unique.values()].slice(0, mostObjects);
}

function eventsOn(ref: ObjectRef, view: ClusterView): Timed[] {
  return view.events(ref).map(({ firstAt, at, reason, message, count }) => ({
    at: firstAt === 0 ? at : firstAt,
    source: 'event',
    object: ref,
    what: `${reason}: ${message.trim()}`,
    by: null,
    count: Math.max(1, count),
    fields: [],
  }));
}

function* statesOf(object: KubeObject | undefined): Iterable<Timed> {
  if (object === undefined) return;
  const state = (time: string | undefined, what: string): Timed[] => {
    const at = timeOf(time);
    return at === null ? [] : [{ at, source: 'state', object: refOf(object), what, by: null, count: 1, fields: [] }];
  };
  for (const { type, status, reason, lastTransitionTime } of conditionsOf(object)) {
    yield* state(lastTransitionTime, `${type} became ${status}${reason === undefined || reason === '' ? '' : ` (${reason})`}`);
  }
  if (!isKind(object, 'Pod')) return;
  for (const { name, status } of containersOf(object)) {
    const ended = status?.state?.terminated ?? status?.lastState?.terminated;
    yield* state(status?.state?.running?.startedAt, `container ${name} started`);
    if (ended !== undefined)
      yield* state(ended.finishedAt, `container ${name} ended with code ${ended.exitCode}: ${exitMeaning(ended.exitCode, ended.reason ?? null)}`);
  }
}

interface Condition {
  type: string;
  status: string;
  reason?: string | undefined;
  lastTransitionTime?: string | undefined;
}

function conditionsOf(object: KubeObject): readonly Condition[] {
  if (isKind(object, 'Pod') || isKind(object, 'Deployment') || isKind(object, 'StatefulSet') || isKind(object, 'Job') || isKind(object, 'Node')) {
    return object.status?.conditions ?? [];
  }
  return [];
}

function oldestFirst(a: Timed, b: Timed): number {
  return a.at - b.at || (a.what < b.what ? -1 : 1);
}
