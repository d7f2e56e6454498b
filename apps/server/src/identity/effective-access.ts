import { type AccessPolicy, grantedPermissions, type Permission, seesAll } from '@quarterdeck/contract';
import type { Member } from '@quarterdeck/storage';
import type { Actor } from '../gate/decide.ts';

const all = '*';

/** What both allow. */
export function bothAllow(one: AccessPolicy, other: AccessPolicy): AccessPolicy {
  return { namespaces: inBoth(one.namespaces, other.namespaces), kinds: inBoth(one.kinds, other.kinds) };
}

/** Whether somebody who is held to `inner` sees nothing that one who is held to `outer` does not. */
export function isWithin(inner: AccessPolicy, outer: AccessPolicy): boolean {
  return everyIn(inner.namespaces, outer.namespaces) && everyIn(inner.kinds, outer.kinds);
}

/** The policies of a person and of their role, as one. */
export function policyOf({ userPolicy, rolePolicy }: Pick<Member, 'userPolicy' | 'rolePolicy'>): AccessPolicy {
  return bothAllow(userPolicy ?? seesAll, rolePolicy ?? seesAll);
}

/** Somebody in an organisation as the gate knows them. `login` is the session or token; `scopes` what a token narrows them to. */
export function actorOf(member: Member, login: string | null, scopes: readonly string[] | null): Actor {
  const granted = grantedPermissions(member.role.grants);
  const permissions: Permission[] = scopes === null ? granted : granted.filter((permission) => scopes.includes(permission));
  return {
    id: member.user.email,
    name: member.user.name,
    kind: 'person',
    permissions: new Set(permissions),
    policy: policyOf(member),
    organisation: member.organisation.id,
    role: member.role.id,
    session: login,
  };
}

/** Whether both may do and see the same. */
export function isSameAccess(one: Actor, other: Actor): boolean {
  const sameIdentity =
    one.id === other.id && one.kind === other.kind && one.organisation === other.organisation && one.role === other.role && one.session === other.session;
  const samePermissions = one.permissions.size === other.permissions.size && [...one.permissions].every((permission) => other.permissions.has(permission));
  return sameIdentity && samePermissions && isWithin(one.policy, other.policy) && isWithin(other.policy, one.policy);
}

function inBoth(one: readonly string[], other: readonly string[]): string[] {
  if (one.includes(all)) return [...other];
  return other.includes(all) ? [...one] : one.filter((entry) => other.includes(entry));
}

function everyIn(inner: readonly string[], outer: readonly string[]): boolean {
  return outer.includes(all) || inner.every((entry) => entry !== all && outer.includes(entry));
}
