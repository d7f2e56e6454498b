import { type BuiltInKind, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { Relation, RelationType } from '../model/relation.ts';
import type { GraphContext } from './graph-context.ts';

/**
 * One family of relations. `edgesOf` draws the edges that one object describes: it is their `from` (a pod that
 * mounts) or their `to` (a pod that says who owns it).
 */
export interface RelationFamily {
  id: string;
  types: readonly RelationType[];
  /** The kinds that describe such edges. */
  kinds: readonly BuiltInKind[] | 'all';
  describes: 'from' | 'to';
  /** Drawn of all objects only when somebody asks at the other end. */
  rarelyAsked?: true;
  edgesOf(object: KubeObject, context: GraphContext): Iterable<Relation>;
}

/** An edge from the object that describes it. */
export function edgeFrom(object: KubeObject, type: RelationType, to: ObjectRef, path: string, detail: Relation['detail'] = {}): Relation {
  return { type, from: refOf(object), to, path, detail };
}
