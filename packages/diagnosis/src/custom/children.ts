import { type ObjectRef, refKey } from '@quarterdeck/contract';
import type { Relation } from '../model/relation.ts';
import type { ClusterView } from '../view/cluster-view.ts';

const mostChildren = 200;
const deepest = 4;

/** What an object owns, directly and through what it owns, with the edge that leads there; the nearest first. */
export function descendantsOf(ref: ObjectRef, view: Pick<ClusterView, 'outgoing'>): Relation[] {
  const found = new Map<string, Relation>();
  let layer: ObjectRef[] = [ref];
  for (let depth = 0; depth < deepest && layer.length > 0 && found.size < mostChildren; depth++) {
    const edges = layer.flatMap((parent) => [...view.outgoing(parent, 'owns')]).filter(({ to }) => !found.has(refKey(to)));
    for (const edge of edges) found.set(refKey(edge.to), edge);
    layer = edges.map(({ to }) => to);
  }
  return [...found.values()].slice(0, mostChildren);
}

/** The custom resource that stands above an object, through whatever owns it; null where none does. */
export function customOwnerOf(ref: ObjectRef, view: Pick<ClusterView, 'incoming' | 'customKinds'>): { owner: ObjectRef; via: Relation } | null {
  const custom = new Set(view.customKinds().map(({ apiVersion, kind }) => `${apiVersion.slice(0, apiVersion.indexOf('/'))}|${kind}`));
  let via: Relation | null = null;
  for (let [edge] = view.incoming(ref, 'owns'), depth = 0; edge !== undefined && depth <= deepest; [edge] = view.incoming(edge.from, 'owns'), depth++) {
    via = edge;
    const { apiVersion, kind } = edge.from;
    if (custom.has(`${apiVersion.slice(0, apiVersion.indexOf('/'))}|${kind}`)) return { owner: edge.from, via };
  }
  return null;
}
