import { type AccessPolicy, accessPolicySchema, type Organisation } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { grantsOf, type StoredRole } from './roles.ts';
import type { StoredUser } from './users.ts';

/** Whom a policy restricts. */
export interface PolicySubject {
  kind: 'user' | 'role';
  id: string;
}

/** Somebody in an organisation, with all that says what they may do there. */
export interface Member {
  user: StoredUser;
  organisation: Organisation;
  role: StoredRole;
  userPolicy: AccessPolicy | null;
  rolePolicy: AccessPolicy | null;
}

/** Throws CONFLICT where there is one of that name. */
export async function createOrganisation(db: Kysely<Tables>, { id, name }: Organisation, now: number): Promise<void> {
  await db.insertInto('organisations').values({ id, name, created_at: now }).execute();
}

/** Takes somebody into an organisation, or gives them another role in it. */
export async function putMembership(db: Kysely<Tables>, { user, organisation, role }: { user: string; organisation: string; role: string }): Promise<void> {
  await db
    .insertInto('memberships')
    .values({ user_id: user, organisation, role })
    .onConflict((conflict) => conflict.columns(['user_id', 'organisation']).doUpdateSet({ role }))
    .execute();
}

/** Runs what must not happen twice at the same time in an organisation, all of it or nothing. */
export function alone<T>(db: Kysely<Tables>, organisation: string, run: (transaction: Kysely<Tables>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    // Whoever writes the row has it until the transaction ends.
    await transaction.updateTable('organisations').set({ id: organisation }).where('id', '=', organisation).execute();
    return run(transaction);
  });
}

/** With their policy, and what they have open in it. */
export async function deleteMembership(db: Kysely<Tables>, user: string, organisation: string): Promise<void> {
  await putAccessPolicy(db, organisation, { kind: 'user', id: user }, null);
  for (const table of ['sessions', 'personal_tokens', 'memberships'] as const) {
    await db.deleteFrom(table).where('user_id', '=', user).where('organisation', '=', organisation).execute();
  }
}

/** Null takes it away. */
export async function putAccessPolicy(db: Kysely<Tables>, organisation: string, subject: PolicySubject, policy: AccessPolicy | null): Promise<void> {
  const key = { organisation, subject_kind: subject.kind, subject: subject.id };
  if (policy === null) {
    await db
      .deleteFrom('access_policies')
      .where('organisation', '=', organisation)
      .where('subject_kind', '=', subject.kind)
      .where('subject', '=', subject.id)
      .execute();
    return;
  }
  const text = JSON.stringify(policy);
  await db
    .insertInto('access_policies')
    .values({ ...key, policy: text })
    .onConflict((conflict) => conflict.columns(['organisation', 'subject_kind', 'subject']).doUpdateSet({ policy: text }))
    .execute();
}

/** The policies of the organisation's roles, by role. */
export async function readRolePolicies(db: Kysely<Tables>, organisation: string): Promise<Map<string, AccessPolicy>> {
  const rows = await db.selectFrom('access_policies').selectAll().where('organisation', '=', organisation).where('subject_kind', '=', 'role').execute();
  return new Map(rows.flatMap(({ subject, policy }) => [[subject, accessPolicySchema.parse(JSON.parse(policy))]]));
}

/** Everybody of an organisation by e-mail address, or somebody in all of theirs by name, or one person in one of them. */
export async function readMembers(db: Kysely<Tables>, where: { user?: string; organisation?: string }): Promise<Member[]> {
  const { user, organisation } = where;
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .innerJoin('organisations', 'organisations.id', 'memberships.organisation')
    .innerJoin('roles', 'roles.id', 'memberships.role')
    .leftJoin('access_policies as own', (join) =>
      join.on('own.subject_kind', '=', 'user').onRef('own.subject', '=', 'memberships.user_id').onRef('own.organisation', '=', 'memberships.organisation'),
    )
    .leftJoin('access_policies as of_role', (join) =>
      join.on('of_role.subject_kind', '=', 'role').onRef('of_role.subject', '=', 'roles.id').onRef('of_role.organisation', '=', 'memberships.organisation'),
    )
    .select(['users.id', 'users.email', 'users.name', 'users.password', 'users.disabled', 'users.created_at', 'users.last_login_at'])
    .select(['organisations.id as organisation_id', 'organisations.name as organisation_name'])
    .select(['roles.id as role_id', 'roles.organisation as role_organisation', 'roles.name as role_name', 'roles.description', 'roles.grants'])
    .select(['own.policy as user_policy', 'of_role.policy as role_policy'])
    .$if(user !== undefined, (query) => query.where('memberships.user_id', '=', user ?? ''))
    .$if(organisation !== undefined, (query) => query.where('memberships.organisation', '=', organisation ?? ''))
    .orderBy('users.email')
    .orderBy('organisations.name')
    .execute();
  return rows.map(memberOf);
}

type UserRow = Tables['users'];

interface MemberRow extends UserRow {
  organisation_id: string;
  organisation_name: string;
  role_id: string;
  role_organisation: string | null;
  role_name: string;
  description: string;
  grants: string;
  user_policy: string | null;
  role_policy: string | null;
}

function memberOf(row: MemberRow): Member {
  const { id, email, name, password, disabled, created_at, last_login_at } = row;
  return {
    user: { id, email, name, password, disabled: disabled !== 0, createdAt: created_at, lastLoginAt: last_login_at },
    organisation: { id: row.organisation_id, name: row.organisation_name },
    role: { id: row.role_id, organisation: row.role_organisation, name: row.role_name, description: row.description, grants: grantsOf(row.grants) },
    userPolicy: policyOf(row.user_policy),
    rolePolicy: policyOf(row.role_policy),
  };
}

function policyOf(text: string | null): AccessPolicy | null {
  return text === null ? null : accessPolicySchema.parse(JSON.parse(text));
}
