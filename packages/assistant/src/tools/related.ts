import { descriptorFor, type IssueDetail, type ObjectRef, refKey, refLabel, sameRef } from '@quarterdeck/contract';
import type { ClusterView, Relation } from '@quarterdeck/diagnosis';
import type { CheckedCluster } from '../kubernetes/asked-cluster.ts';

export interface Neighbour {
  from: string;
  relation: Relation['type'];
  to: string;
  /** The field that says so. */
  path: string;
  /** Of the object that was not the one asked about: a few words, or `missing`; null where nothing is known. */
  state: string | null;
}

export interface Neighbourhood {
  relations: readonly Neighbour[];
  objects: readonly ObjectRef[];
  /** How many relations were left out. */
  left: number;
}

/** What an object hangs together with, breadth first, the nearest first. */
export function neighboursOf(view: ClusterView, start: ObjectRef, limits: { depth: number; limit: number }): Neighbourhood {
  const reached = new Map([[refKey(start), start]]);
  const relations: Relation[] = [];
  let edge: ObjectRef[] = [start];
  for (let depth = 0; depth < limits.depth && edge.length > 0; depth += 1) {
    const next: ObjectRef[] = [];
    for (const relation of edge.flatMap((ref) => [...view.outgoing(ref), ...view.incoming(ref)])) {
      if (relations.some((known) => isSame(known, relation))) continue;
      relations.push(relation);
      for (const ref of [relation.from, relation.to]) {
        if (reached.has(refKey(ref))) continue;
        reached.set(refKey(ref), ref);
        next.push(ref);
      }
    }
    edge = next;
  }
  const shown = relations.slice(0, limits.limit);
  return {
    relations: shown.map((relation) => toNeighbour(view, relation, start)),
    objects: [...reached.values()].filter((ref) => shown.some(({ from, to }) => sameRef(from, ref) || sameRef(to, ref))),
    left: relations.length - shown.length,
  };
}

function toNeighbour(view: ClusterView, { type, from, to, path }: Relation, start: ObjectRef): Neighbour {
  return { from: refLabel(from), relation: type, to: refLabel(to), path, state: stateOf(view, sameRef(from, start) ? to : from) };
}

/** A few words, as the STATUS column would say it; null where the object is not known. */
export function stateOf(view: ClusterView, ref: ObjectRef): string | null {
  const object = view.find(ref);
  if (object === undefined) return view.isMissing(ref) ? 'missing' : null;
  return descriptorFor(object.apiVersion, object.kind).health(object, view.now).text || null;
}

function isSame(a: Relation, b: Relation): boolean {
  return a.type === b.type && a.path === b.path && sameRef(a.from, b.from) && sameRef(a.to, b.to);
}

/** The issues that an object, or the workload that it belongs to, has a part in. */
export function issuesAbout({ issues, view }: CheckedCluster, ref: ObjectRef): IssueDetail[] {
  const own = [ref, view.topOwner(ref)];
  return issues.filter(({ cause, affected, chains }) => {
    const parts = [...(cause === null ? [] : [cause]), ...affected, ...chains.flat().map(({ object }) => object)];
    return parts.some((part) => own.some((each) => sameRef(each, part)));
  });
}
