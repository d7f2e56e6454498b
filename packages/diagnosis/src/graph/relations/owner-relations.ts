import { refOf } from '@quarterdeck/contract';
import type { Relation } from '../../model/relation.ts';
import { controllerOf } from '../../view/ownership.ts';
import type { RelationFamily } from '../relation-family.ts';

/** `owns`: from the controlling owner to what it made, as ownerReferences say. */
export const ownerRelations: RelationFamily = {
  id: 'owner',
  types: ['owns'],
  kinds: 'all',
  describes: 'to',
  *edgesOf(object): Iterable<Relation> {
    const owner = controllerOf(object);
    if (owner !== null) yield { type: 'owns', from: owner, to: refOf(object), path: 'metadata.ownerReferences', detail: {} };
  },
};
