import { type Action, AppError, type Permission, permissionOf } from '@quarterdeck/contract';
import type { Caller } from '../ledger/acts.ts';
import { visibleAction } from '../policy/seen-actions.ts';
import type { Services } from '../routes/services.ts';
import { issueWatchOf } from './issue-watch-of.ts';

export interface GivenApproval {
  id: string;
  /** Of what they saw. */
  hash: string;
  note: string | null;
}

/** Somebody approves an action, and it begins to run. Throws NOT_FOUND, FORBIDDEN where its steps need what they may not do, CONFLICT as the desk does. */
export async function approveAction(
  { clusters, actions, acts }: Pick<Services, 'clusters' | 'actions' | 'acts'>,
  { id, hash, note }: GivenApproval,
  call: Caller & { signal: AbortSignal },
): Promise<Action> {
  const seenBy = clusters.seenBy(call);
  const action = visibleAction(seenBy, call, await actions.desk.get(id));
  checkPermissions(action, call);
  const found = seenBy.get(action.cluster);
  const means = {
    access: await found.access(),
    acts: (approval: NonNullable<Action['approval']>) => acts.of({ ...call, approval }, action.cluster),
    issues: issueWatchOf(found),
  };
  return actions.desk.approve(id, { hash, by: call.actor.id, note }, means, call.signal);
}

/** What the requests inside need, besides the right to approve. Throws FORBIDDEN. */
function checkPermissions({ steps }: Action, { actor }: Caller): void {
  const needed = new Set<Permission>(steps.map(({ change }) => permissionOf(change)));
  const missing = [...needed].filter((permission) => !actor.permissions.has(permission));
  if (missing.length === 0) return;
  throw new AppError('FORBIDDEN', `${actor.id} does not have the permission ${missing.join(', ')}, which the steps need.`, {
    hint: 'Somebody who has it can approve them.',
    details: { missing },
  });
}
