import { type ObjectRef, type RelatedObject, type Relations, refKey } from '@quarterdeck/contract';
import type { Relation, RelationDetail } from '../model/relation.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { objectState } from './object-state.ts';

/** Owners are told apart, every object is in its namespace, who writes is told by the history, and a scheduler is no object. */
const untold = new Set<Relation['type']>(['owns', 'contains', 'changes', 'schedules']);

const deepest = 6;
const mostOwned = 200;
const mostOfOne = 60;

/** What stands beside an object, by the edges that leave it and those that arrive. */
export function neighboursOf(ref: ObjectRef, view: ClusterView): Relations {
  const out = view.outgoing(ref).map((edge) => ({ edge, direction: 'out' as const, object: edge.to }));
  const incoming = view.incoming(ref).map((edge) => ({ edge, direction: 'in' as const, object: edge.from }));
  const told = [...out, ...incoming].filter(({ edge }) => !untold.has(edge.type));
  const counts = new Map<string, number>();
  const kept = told.filter(({ edge, direction }) => {
    const key = `${edge.type} ${direction}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= mostOfOne;
  });
  return {
    owners: ownersOf(ref, view),
    owned: ownedBy(ref, view),
    neighbours: kept.map(({ edge: { type, path, detail }, direction, object }) => ({
      ...related(object, view),
      type,
      direction,
      path,
      detail: detailText(detail),
    })),
    leftOut: told.length - kept.length,
  };
}

function related(object: ObjectRef, view: ClusterView): RelatedObject {
  return { object, ...objectState(object, view, [], () => '') };
}

function ownersOf(ref: ObjectRef, view: ClusterView): RelatedObject[] {
  const owners: RelatedObject[] = [];
  for (let below = ref; owners.length < deepest; ) {
    const owner = view.incoming(below, 'owns')[0]?.from;
    if (owner === undefined) break;
    owners.push(related(owner, view));
    below = owner;
  }
  return owners;
}

function ownedBy(ref: ObjectRef, view: ClusterView): RelatedObject[] {
  const owned = new Map<string, ObjectRef>();
  const waiting = [ref];
  for (let next = waiting.shift(); next !== undefined && owned.size < mostOwned; next = waiting.shift()) {
    for (const { to } of view.outgoing(next, 'owns')) {
      if (owned.has(refKey(to)) || owned.size >= mostOwned) continue;
      owned.set(refKey(to), to);
      waiting.push(to);
    }
  }
  return [...owned.values()].map((object) => related(object, view));
}

function detailText({ port, key, container }: RelationDetail): string | null {
  const parts = [container, key, port === undefined ? undefined : `:${port}`].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.join(' ');
}
