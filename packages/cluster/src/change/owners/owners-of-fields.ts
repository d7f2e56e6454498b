import type { FieldChange, FieldConflict } from '@quarterdeck/contract';
import { fieldManager } from '../request-of.ts';
import { type FieldOwner, fieldOwners } from './field-owners.ts';

/** Kubernetes itself, which sets what it is told. */
const controllers = new Set(['kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-apiserver', 'cloud-controller-manager']);

/** Who set the fields that a change is about to change, us and Kubernetes left out: whoever applies them may set them back. */
export function ownersOfFields(fields: readonly FieldChange[], managedFields: unknown): FieldConflict[] {
  const others = fieldOwners(managedFields).filter(
    ({ manager, subresource }) => manager !== fieldManager && !controllers.has(manager) && subresource !== 'status',
  );
  return others.flatMap((owner) => {
    const owned = fields.filter(({ path, type }) => type !== 'added' && owns(owner, path)).map(({ path }) => path);
    return owned.length === 0 ? [] : [{ manager: owner.manager, fields: owned, since: owner.since, operation: owner.operation }];
  });
}

/** A field, one inside a value that is set as a whole, or a whole of which it set a part. */
function owns({ fields }: FieldOwner, path: string): boolean {
  return fields.some((field) => field === path || isBelow(path, field) || isBelow(field, path));
}

function isBelow(path: string, above: string): boolean {
  return path.startsWith(above) && /^[.[]/.test(path.slice(above.length));
}
