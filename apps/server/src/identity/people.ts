import { type AccessPolicy, AppError, type User } from '@quarterdeck/contract';
import {
  alone,
  createUser,
  deleteMembership,
  deletePersonalTokens,
  deleteSessions,
  findUser,
  type Member,
  putAccessPolicy,
  putMembership,
  readIssuers,
  readMembers,
  readRolePolicies,
  readRoles,
  updateUser,
} from '@quarterdeck/storage';
import type { Actor } from '../gate/decide.ts';
import {
  orAll,
  organisationOf,
  requireMayActOn,
  requireMayGrant,
  requireMayShow,
  requireOwnerLeft,
  requireRole,
  requireSoleOrganisation,
} from './boundaries.ts';
import { bothAllow, policyOf } from './effective-access.ts';
import { newUser } from './log-in.ts';
import { normalEmail } from './login-limits.ts';
import { newPassword } from './passwords.ts';
import type { Team } from './team.ts';

/** Everybody of the organisation in which `actor` acts. */
export async function listPeople(team: Team, actor: Actor): Promise<User[]> {
  return describeAll(team, await readMembers(team.db, { organisation: organisationOf(actor) }));
}

export interface NewPerson {
  email: string;
  name: string;
  role: string;
  policy: AccessPolicy | null;
}

/** Throws CONFLICT for who is in the organisation already. Gives the password of an account that is new. */
export async function takeIn(team: Team, actor: Actor, person: NewPerson): Promise<{ user: User; password: string | null }> {
  const organisation = organisationOf(actor);
  const role = requireRole(await readRoles(team.db, organisation), person.role);
  const rolePolicy = (await readRolePolicies(team.db, organisation)).get(role.id) ?? null;
  requireMayGrant(actor, role.grants);
  requireMayShow(actor, bothAllow(orAll(person.policy), orAll(rolePolicy)));
  const known = await findUser(team.db, { email: normalEmail(person.email) });
  const password = known === null ? newPassword() : null;
  const user = known ?? newUser(team, { ...person, password: await team.hasher.hash(password ?? '') });
  const member = await alone(team.db, organisation, async (db) => {
    if ((await readMembers(db, { user: user.id, organisation })).length > 0) {
      throw new AppError('CONFLICT', `${user.email} is in the organisation already.`, { hint: 'Change their role instead.' });
    }
    if (known === null) await createUser(db, user);
    await putMembership(db, { user: user.id, organisation, role: role.id });
    await putAccessPolicy(db, organisation, { kind: 'user', id: user.id }, person.policy);
    return requireMember(db, organisation, user.id);
  });
  return { user: await describe(team, member), password };
}

export interface PersonChanges {
  name?: string | undefined;
  role?: string | undefined;
  disabled?: boolean | undefined;
}

export async function changePerson(team: Team, actor: Actor, id: string, { name, role: roleId, disabled }: PersonChanges): Promise<User> {
  const organisation = organisationOf(actor);
  const member = await alone(team.db, organisation, async (db) => {
    const before = await requireMember(db, organisation, id);
    requireMayActOn(actor, before);
    if (roleId !== undefined) {
      const role = requireRole(await readRoles(db, organisation), roleId);
      requireMayGrant(actor, role.grants);
      await putMembership(db, { user: id, organisation, role: role.id });
    }
    if (name !== undefined || disabled !== undefined) {
      requireSoleOrganisation(await readMembers(db, { user: id }), organisation);
      await updateUser(db, id, { ...(name === undefined ? {} : { name }), ...(disabled === undefined ? {} : { disabled }) });
    }
    requireOwnerLeft(await readMembers(db, { organisation }));
    const after = await requireMember(db, organisation, id);
    requireMayShow(actor, policyOf(after));
    return after;
  });
  await team.changes.tell();
  return describe(team, member);
}

/** A new password, known here and now alone. What they have open ends. */
export async function resetPassword(team: Team, actor: Actor, id: string): Promise<string> {
  const { user } = await accountInReach(team, actor, id);
  const password = newPassword();
  await updateUser(team.db, id, { password: await team.hasher.hash(password) });
  await team.limits.succeeded(user.email);
  await deleteSessions(team.db, id, { allBut: null });
  await team.changes.tell();
  return password;
}

export async function endLogins(team: Team, actor: Actor, id: string): Promise<{ sessions: number; tokens: number }> {
  await accountInReach(team, actor, id);
  const ended = { sessions: await deleteSessions(team.db, id, { allBut: null }), tokens: await deletePersonalTokens(team.db, id, null) };
  await team.changes.tell();
  return ended;
}

export async function putOut(team: Team, actor: Actor, id: string): Promise<User[]> {
  const organisation = organisationOf(actor);
  await alone(team.db, organisation, async (db) => {
    requireMayActOn(actor, await requireMember(db, organisation, id));
    await deleteMembership(db, id, organisation);
    requireOwnerLeft(await readMembers(db, { organisation }));
  });
  await team.changes.tell();
  return listPeople(team, actor);
}

/** The policy of one person here; null takes it away. */
export async function restrictPerson(team: Team, actor: Actor, id: string, policy: AccessPolicy | null): Promise<void> {
  const organisation = organisationOf(actor);
  const member = await requireMember(team.db, organisation, id);
  requireMayActOn(actor, member);
  requireMayShow(actor, policyOf({ ...member, userPolicy: policy }));
  await putAccessPolicy(team.db, organisation, { kind: 'user', id }, policy);
  await team.changes.tell();
}

async function accountInReach(team: Team, actor: Actor, id: string): Promise<Member> {
  const organisation = organisationOf(actor);
  const member = await requireMember(team.db, organisation, id);
  requireMayActOn(actor, member);
  requireSoleOrganisation(await readMembers(team.db, { user: id }), organisation);
  return member;
}

async function requireMember(db: Team['db'], organisation: string, id: string): Promise<Member> {
  const [member] = await readMembers(db, { user: id, organisation });
  if (member === undefined) throw new AppError('NOT_FOUND', 'There is nobody of this id in the organisation.');
  return member;
}

async function describe(team: Team, member: Member): Promise<User> {
  const [user] = await describeAll(team, [member]);
  if (user === undefined) throw new AppError('INTERNAL_ERROR', 'Somebody was lost while they were described.');
  return user;
}

async function describeAll(team: Team, members: readonly Member[]): Promise<User[]> {
  const locked = await team.limits.lockedUntil(members.map(({ user }) => user.email));
  const issuers = await readIssuers(
    team.db,
    members.map(({ user }) => user.id),
  );
  return members.map((member) => {
    const { user, role, userPolicy } = member;
    return {
      id: user.id,
      email: user.email,
      name: user.name,
      role: { id: role.id, name: role.name },
      policy: userPolicy,
      effectivePolicy: policyOf(member),
      disabled: user.disabled,
      lockedUntil: momentOf(locked.get(user.email) ?? null),
      password: user.password !== null,
      issuers: issuers.get(user.id) ?? [],
      createdAt: new Date(user.createdAt).toISOString(),
      lastLoginAt: momentOf(user.lastLoginAt),
    };
  });
}

function momentOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
