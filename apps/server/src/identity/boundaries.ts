import { type AccessPolicy, AppError, grantedPermissions, seesAll } from '@quarterdeck/contract';
import type { Member, StoredRole } from '@quarterdeck/storage';
import type { Actor } from '../gate/decide.ts';
import { isWithin, policyOf } from './effective-access.ts';

/** Nobody gives more than they have, and nobody acts on who has more: otherwise looking after people would be a way to everything. */

/** Throws FORBIDDEN for grants that come to more than one's own permissions. */
export function requireMayGrant(actor: Actor, grants: readonly string[]): void {
  const beyond = grantedPermissions(grants).filter((permission) => !actor.permissions.has(permission));
  if (beyond.length === 0) return;
  throw new AppError('FORBIDDEN', `You don't have ${beyond.join(', ')} yourself.`, { hint: 'Ask an owner of the organisation.' });
}

/** Throws FORBIDDEN where somebody would see what one does not see oneself. Owners can take back what they did to themselves. */
export function requireMayShow(actor: Actor, policy: AccessPolicy): void {
  if (actor.permissions.has('organisation.manage') || isWithin(policy, actor.policy)) return;
  throw new AppError('FORBIDDEN', 'This would let them see more than you may see yourself.', { hint: 'Ask an owner of the organisation.' });
}

/** Throws FORBIDDEN for somebody who may do or see more. */
export function requireMayActOn(actor: Actor, member: Member): void {
  requireMayGrant(actor, member.role.grants);
  requireMayShow(actor, policyOf(member));
}

/** An account that others look after as well is not for one of them to change. Throws FORBIDDEN. */
export function requireSoleOrganisation(members: readonly Member[], organisation: string): void {
  if (members.every((member) => member.organisation.id === organisation)) return;
  throw new AppError('FORBIDDEN', 'This account belongs to other organisations as well.', {
    hint: 'You can change their role here, or take them out of this organisation.',
  });
}

/** Throws CONFLICT where the organisation would be left without anybody who may do everything. */
export function requireOwnerLeft(members: readonly Member[]): void {
  if (hasOwner(members)) return;
  throw new AppError('CONFLICT', 'The organisation would have no owner.', { hint: 'Make somebody else an owner first.' });
}

/** Whether anybody among them may do everything. */
export function hasOwner(members: readonly Member[]): boolean {
  return members.some(({ user, role }) => role.id === 'owner' && !user.disabled);
}

/** The organisation in which somebody acts. Throws FORBIDDEN for who is in none. */
export function organisationOf(actor: Actor): string {
  if (actor.organisation !== null) return actor.organisation;
  throw new AppError('FORBIDDEN', 'You act in no organisation.', { hint: 'Log in with an account of this workbench.' });
}

/** Throws VALIDATION_ERROR for one that the organisation does not have. */
export function requireRole(roles: readonly StoredRole[], id: string): StoredRole {
  const role = roles.find((each) => each.id === id);
  if (role !== undefined) return role;
  throw new AppError('VALIDATION_ERROR', `There is no role ${id}.`, { hint: `There are ${roles.map((each) => each.id).join(', ')}.` });
}

/** What nothing restricts. */
export function orAll(policy: AccessPolicy | null): AccessPolicy {
  return policy ?? seesAll;
}
