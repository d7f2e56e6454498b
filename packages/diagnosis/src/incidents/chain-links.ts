import { type ObjectRef, refOf, sameRef } from '@quarterdeck/contract';
import type { Relation, RelationType } from '../model/relation.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** How an object hangs on the one before it in a chain, said of the later one: `mounts`, `calls`, `admitted by`. */
export interface ChainLink {
  relation: string | null;
  relationDetail: string | null;
}

export const noLink: ChainLink = { relation: null, relationDetail: null };

/** Edges that the earlier object holds, said of the later one. What is not named here reads the same from both ends. */
const passive: Partial<Record<RelationType, string>> = {
  owns: 'owned by',
  selects: 'selected by',
  routes: 'routed by',
  scales: 'scaled by',
  guards: 'guarded by',
  admits: 'admitted by',
  contains: 'in',
  grants: 'granted by',
  binds: 'bound by',
  refers: 'referred to by',
  changes: 'changed by',
};

/** What the holder of an edge does to what it names, where the edge's type says another thing: a webhook admits by calling a Service. */
const active: Partial<Record<RelationType, string>> = { admits: 'calls' };

/** Kinds that act on objects which no field of theirs names. */
const actsOnAll: Readonly<Record<string, RelationType>> = {
  ResourceQuota: 'guards',
  LimitRange: 'guards',
  ValidatingWebhookConfiguration: 'admits',
  MutatingWebhookConfiguration: 'admits',
  ValidatingAdmissionPolicy: 'admits',
};

/** The edge that a rule walked where it joins the two, else one of the graph, else what the earlier one's kind does to others. */
export function linkBetween(before: ObjectRef, after: ObjectRef, walked: Relation | null, view: ClusterView): ChainLink {
  const edges = walked === null ? [] : [walked];
  const known = joining(before, after, edges, view) ?? joining(before, after, edgesAt(after, 'outgoing', view), view);
  if (known !== null) return known;
  const backwards = joining(before, after, edgesAt(before, 'outgoing', view), view);
  if (backwards !== null) return backwards;
  const type = actsOnAll[before.kind];
  return type === undefined ? (walked === null ? noLink : said(walked, false)) : { relation: passive[type] ?? type, relationDetail: null };
}

/** Whether the graph has an edge between two objects, whichever holds it. */
export function areJoined(one: ObjectRef, other: ObjectRef, view: ClusterView): boolean {
  return [...edgesAt(one, 'outgoing', view), ...edgesAt(one, 'incoming', view)].some(
    ({ from, to }) => sameRef(view.topOwner(from), other) || sameRef(view.topOwner(to), other),
  );
}

/** What an object refers to by itself or through its pods, which are all alike: one speaks for them. */
function edgesAt(ref: ObjectRef, direction: 'outgoing' | 'incoming', view: ClusterView): Relation[] {
  const ends = [ref, ...view.podsOf(ref).slice(0, 1).map(refOf)];
  return ends.flatMap((end) => view[direction](end)).filter(({ type }) => type !== 'changes');
}

function joining(before: ObjectRef, after: ObjectRef, edges: readonly Relation[], view: ClusterView): ChainLink | null {
  const isAt = (end: ObjectRef, ref: ObjectRef) => sameRef(end, ref) || sameRef(view.topOwner(end), ref);
  for (const edge of edges) {
    if (isAt(edge.from, after) && isAt(edge.to, before)) return said(edge, false);
    if (isAt(edge.from, before) && isAt(edge.to, after)) return said(edge, true);
  }
  return null;
}

function said({ type, path, detail }: Relation, isBackwards: boolean): ChainLink {
  const relation = (isBackwards ? passive : active)[type] ?? type;
  return { relation, relationDetail: detail.port === undefined ? (detail.key ?? path) : String(detail.port) };
}
