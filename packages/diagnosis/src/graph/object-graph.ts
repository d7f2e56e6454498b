import { isKind, type KubeObject, type ObjectRef, refKey } from '@quarterdeck/contract';
import type { Relation, RelationType } from '../model/relation.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import type { ObjectIndex } from '../view/object-index.ts';
import { GraphContext } from './graph-context.ts';
import type { RelationFamily } from './relation-family.ts';
import { relationFamilies } from './relations/index.ts';

/** The edges of one moment, from both ends; also at objects that do not exist. */
export interface ObjectGraph {
  outgoing(ref: ObjectRef, type?: RelationType): readonly Relation[];
  incoming(ref: ObjectRef, type?: RelationType): readonly Relation[];
}

/** Nothing is drawn before it is asked for: the edges at one object where it describes them, a whole family where not. */
export function createObjectGraph(index: ObjectIndex, scope: ClusterView['scope']): ObjectGraph {
  const context = new GraphContext(index, scope);
  const families = relationFamilies.map((family) => new FamilyEdges(family, context));
  const at = (end: 'from' | 'to', ref: ObjectRef, type: RelationType | undefined) =>
    families.flatMap((family) => {
      if (type !== undefined && !family.types.includes(type)) return [];
      const edges = family.at(end, ref);
      return type === undefined ? edges : edges.filter((edge) => edge.type === type);
    });
  return { outgoing: (ref, type) => at('from', ref, type), incoming: (ref, type) => at('to', ref, type) };
}

const none: readonly Relation[] = [];

class FamilyEdges {
  readonly types: readonly RelationType[];
  readonly #family: RelationFamily;
  readonly #context: GraphContext;
  readonly #described = new WeakMap<KubeObject, readonly Relation[]>();
  #other: Map<string, Relation[]> | null = null;

  constructor(family: RelationFamily, context: GraphContext) {
    this.types = family.types;
    this.#family = family;
    this.#context = context;
  }

  at(end: 'from' | 'to', ref: ObjectRef): readonly Relation[] {
    if (end !== this.#family.describes) {
      this.#other ??= this.#fromOtherEnd(end);
      return this.#other.get(refKey(ref)) ?? none;
    }
    const object = this.#context.index.find(ref);
    return object === undefined || !this.#isDescribedBy(object) ? none : this.#edgesOf(object);
  }

  #fromOtherEnd(end: 'from' | 'to'): Map<string, Relation[]> {
    const edges = new Map<string, Relation[]>();
    for (const object of this.#objects()) {
      for (const relation of this.#edgesOf(object)) {
        const key = refKey(relation[end]);
        const list = edges.get(key);
        if (list === undefined) edges.set(key, [relation]);
        else list.push(relation);
      }
    }
    return edges;
  }

  #edgesOf(object: KubeObject): readonly Relation[] {
    const known = this.#described.get(object);
    if (known !== undefined) return known;
    const edges = [...this.#family.edgesOf(object, this.#context)];
    this.#described.set(object, edges);
    return edges;
  }

  #objects(): Iterable<KubeObject> {
    const { kinds } = this.#family;
    const { index } = this.#context;
    return kinds === 'all' ? index.all() : kinds.flatMap((kind): readonly KubeObject[] => index.list(kind));
  }

  #isDescribedBy(object: KubeObject): boolean {
    const { kinds } = this.#family;
    return kinds === 'all' || kinds.some((kind) => isKind(object, kind));
  }
}
