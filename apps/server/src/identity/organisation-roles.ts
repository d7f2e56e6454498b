import { randomUUID } from 'node:crypto';
import { type AccessPolicy, AppError, grantedPermissions, type Organisation, type Role } from '@quarterdeck/contract';
import {
  alone,
  createRole,
  deleteRole,
  foundOrganisation,
  putAccessPolicy,
  readMembers,
  readRolePolicies,
  readRoles,
  replaceRole,
  type StoredRole,
} from '@quarterdeck/storage';
import type { Actor } from '../gate/decide.ts';
import { orAll, organisationOf, requireMayGrant, requireMayShow, requireRole } from './boundaries.ts';
import { requireUser } from './own-account.ts';
import type { Team } from './team.ts';

export interface RoleInput {
  name: string;
  description: string;
  grants: readonly string[];
  policy: AccessPolicy | null;
}

export async function listRoles({ db }: Pick<Team, 'db'>, actor: Actor): Promise<Role[]> {
  const organisation = organisationOf(actor);
  const policies = await readRolePolicies(db, organisation);
  const held = (await readMembers(db, { organisation })).map(({ role }) => role.id);
  return (await readRoles(db, organisation)).map(({ id, name, description, grants, organisation: owner }) => ({
    id,
    name,
    description,
    grants,
    permissions: grantedPermissions(grants),
    policy: policies.get(id) ?? null,
    builtIn: owner === null,
    holders: held.filter((role) => role === id).length,
  }));
}

export async function makeRole(team: Team, actor: Actor, input: RoleInput): Promise<Role> {
  const organisation = organisationOf(actor);
  const id = randomUUID();
  requireMayGive(actor, input);
  await alone(team.db, organisation, async (db) => {
    requireFreeName(await readRoles(db, organisation), input.name, id);
    await createRole(db, { id, organisation, name: input.name, description: input.description, grants: [...input.grants] });
    await putAccessPolicy(db, organisation, { kind: 'role', id }, input.policy);
  });
  return roleOf(team, actor, id);
}

/** Holds at once for whoever has it. Throws CONFLICT for a built-in one. */
export async function changeRole(team: Team, actor: Actor, id: string, input: RoleInput): Promise<Role> {
  const organisation = organisationOf(actor);
  requireMayGive(actor, input);
  await alone(team.db, organisation, async (db) => {
    const roles = await readRoles(db, organisation);
    await requireOwnRole(db, actor, roles, id);
    requireFreeName(roles, input.name, id);
    await replaceRole(db, { id, organisation, name: input.name, description: input.description, grants: [...input.grants] });
    await putAccessPolicy(db, organisation, { kind: 'role', id }, input.policy);
  });
  await team.changes.tell();
  return roleOf(team, actor, id);
}

/** Throws CONFLICT for a built-in one, and for one that somebody has. */
export async function removeRole(team: Team, actor: Actor, id: string): Promise<Role[]> {
  const organisation = organisationOf(actor);
  await alone(team.db, organisation, async (db) => {
    await requireOwnRole(db, actor, await readRoles(db, organisation), id);
    await deleteRole(db, organisation, id);
  });
  return listRoles(team, actor);
}

/** The policy of everybody with a role; also of a built-in one. Null takes it away. */
export async function restrictRole(team: Team, actor: Actor, id: string, policy: AccessPolicy | null): Promise<void> {
  const organisation = organisationOf(actor);
  const role = requireRole(await readRoles(team.db, organisation), id);
  requireMayGive(actor, { grants: role.grants, policy });
  requireMayShow(actor, orAll((await readRolePolicies(team.db, organisation)).get(id) ?? null));
  await putAccessPolicy(team.db, organisation, { kind: 'role', id }, policy);
  await team.changes.tell();
}

/** Whoever makes an organisation owns it. */
export async function makeOrganisation(team: Team, actor: Actor, name: string): Promise<Organisation> {
  const owner = await requireUser(team, actor);
  const organisation = { id: randomUUID(), name };
  await foundOrganisation(team.db, organisation, owner.id, team.now());
  return organisation;
}

function requireMayGive(actor: Actor, { grants, policy }: Pick<RoleInput, 'grants' | 'policy'>): void {
  requireMayGrant(actor, grants);
  requireMayShow(actor, orAll(policy));
}

/** A role of the organisation that gives no more than `actor` has. */
async function requireOwnRole(db: Team['db'], actor: Actor, roles: readonly StoredRole[], id: string): Promise<void> {
  const role = requireRole(roles, id);
  if (role.organisation === null) {
    throw new AppError('CONFLICT', `${role.name} is built in.`, { hint: 'Make a role of your own; the policy of a built-in one can be set.' });
  }
  requireMayGive(actor, { grants: role.grants, policy: (await readRolePolicies(db, role.organisation)).get(id) ?? null });
}

function requireFreeName(roles: readonly StoredRole[], name: string, id: string): void {
  if (!roles.some((role) => role.id !== id && role.name.toLowerCase() === name.toLowerCase())) return;
  throw new AppError('CONFLICT', `There is a role ${name} already.`, { hint: 'Choose another name.' });
}

async function roleOf(team: Team, actor: Actor, id: string): Promise<Role> {
  const role = (await listRoles(team, actor)).find((each) => each.id === id);
  if (role === undefined) throw new AppError('NOT_FOUND', 'There is no such role.');
  return role;
}
