import { type ObjectRef, refKey } from '@quarterdeck/contract';
import type { Relation, RelationType } from '../model/relation.ts';
import type { ObjectIndex } from '../view/object-index.ts';
import { relationFamilies } from './relations/index.ts';

/** What relations are drawn from. */
export interface GraphInput {
  index: ObjectIndex;
  scope: string | null;
}

/** The edges of one moment, from both ends; also at objects that do not exist. */
export interface ObjectGraph {
  outgoing(ref: ObjectRef, type?: RelationType): readonly Relation[];
  incoming(ref: ObjectRef, type?: RelationType): readonly Relation[];
}

/** One family of relations: where they stand in the objects and what they point at. */
export interface RelationFamily {
  id: string;
  extract(input: GraphInput): Iterable<Relation>;
}

const none: readonly Relation[] = [];

export function createObjectGraph(input: GraphInput): ObjectGraph {
  const leaving = new Map<string, Relation[]>();
  const arriving = new Map<string, Relation[]>();
  for (const family of relationFamilies) {
    for (const relation of family.extract(input)) {
      push(leaving, refKey(relation.from), relation);
      push(arriving, refKey(relation.to), relation);
    }
  }
  const of = (edges: Map<string, Relation[]>, ref: ObjectRef, type: RelationType | undefined) => {
    const all = edges.get(refKey(ref)) ?? none;
    return type === undefined ? all : all.filter((relation) => relation.type === type);
  };
  return { outgoing: (ref, type) => of(leaving, ref, type), incoming: (ref, type) => of(arriving, ref, type) };
}

function push(edges: Map<string, Relation[]>, key: string, relation: Relation): void {
  const list = edges.get(key);
  if (list === undefined) edges.set(key, [relation]);
  else list.push(relation);
}
