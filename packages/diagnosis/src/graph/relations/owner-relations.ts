import { refOf } from '@quarterdeck/contract';
import type { Relation } from '../../model/relation.ts';
import { controllerOf } from '../../view/ownership.ts';
import type { RelationFamily } from '../object-graph.ts';

/** `owns`: from the controlling owner to what it made, as ownerReferences say. */
export const ownerRelations: RelationFamily = {
  id: 'owner',
  *extract({ index }): Iterable<Relation> {
    for (const object of index.all()) {
      const owner = object.kind === 'Event' ? null : controllerOf(object);
      if (owner !== null) yield { type: 'owns', from: owner, to: refOf(object), path: 'metadata.ownerReferences', detail: {} };
    }
  },
};
