import type { KubeObject } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { ObjectChip } from '../objects/object-chip.tsx';
import { controllerIn } from '../objects/object-metadata.ts';

/** Whose the object is: `ReplicaSet web-5d9`. */
export function OwnerChain({ known }: { known: KubeObject }) {
  const messages = useMessages().objectDetail;
  const owner = controllerIn(known, known.metadata.namespace ?? null);
  if (owner === null) return null;
  return (
    <span className="flex min-w-0 items-center gap-1 text-xs">
      <span className="text-soft">{messages.ownedBy}</span>
      <ObjectChip object={owner} />
    </span>
  );
}
