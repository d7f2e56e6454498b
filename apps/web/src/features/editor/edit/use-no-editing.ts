import { type ObjectRef, permissionOf } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { noChangesIn } from '../../actions/approval.ts';
import { useClusters } from '../../clusters/clusters.tsx';
import { useSession } from '../../session/session.tsx';

/** Why the object can't be changed by this person here; null where it can. */
export function useNoEditing(target: ObjectRef, deleted: boolean): string | null {
  const words = useMessages().editor;
  const { selected } = useClusters();
  const { permissions } = useSession();
  const missing = [permissionOf({ verb: 'apply', target }), 'action.propose' as const].find((permission) => !permissions.includes(permission));
  const noChanges = noChangesIn(selected);
  if (noChanges !== null) return noChanges;
  if (missing !== undefined) return words.mayNot(missing);
  return deleted ? words.deleted : null;
}
