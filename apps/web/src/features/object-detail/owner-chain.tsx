import { type KubeObject, type ObjectRef, refKey } from '@quarterdeck/contract';
import { Fragment } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ObjectChip } from '../objects/object-chip.tsx';
import { controllerIn } from '../objects/object-metadata.ts';
import { useRelations } from './relations/use-relations.ts';

/** Whose the object is, up to the top: `ReplicaSet web-5d9 ‹ Deployment web`. */
export function OwnerChain({ object, known }: { object: ObjectRef; known: KubeObject }) {
  const messages = useMessages().objectDetail;
  const { relations } = useRelations(object);
  const nearest = controllerIn(known, known.metadata.namespace ?? null);
  if (nearest === null) return null;
  const owners = relations === null || relations.owners.length === 0 ? [nearest] : relations.owners.map((owner) => owner.object);
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-xs">
      <span className="text-soft">{messages.ownedBy}</span>
      {owners.map((owner, index) => (
        <Fragment key={refKey(owner)}>
          {index > 0 && <span className="text-soft">‹</span>}
          <ObjectChip object={owner} />
        </Fragment>
      ))}
    </span>
  );
}
