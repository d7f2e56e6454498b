import { AppError } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** Somebody who can log in. `email` is in lower case and stays; times are epoch milliseconds. */
export interface StoredUser {
  id: string;
  email: string;
  name: string;
  /** A PHC string; null for who logs in at an issuer alone. */
  password: string | null;
  disabled: boolean;
  createdAt: number;
  lastLoginAt: number | null;
}

/** Throws CONFLICT where somebody has the e-mail address. */
export async function createUser(db: Kysely<Tables>, user: StoredUser): Promise<void> {
  await db
    .insertInto('users')
    .values({
      id: user.id,
      email: user.email,
      name: user.name,
      password: user.password,
      disabled: Number(user.disabled),
      created_at: user.createdAt,
      last_login_at: user.lastLoginAt,
    })
    .execute();
}

/** Null where nobody has it. */
export async function findUser(db: Kysely<Tables>, by: { email: string } | { id: string }): Promise<StoredUser | null> {
  const [column, value] = 'email' in by ? (['email', by.email] as const) : (['id', by.id] as const);
  const row = await db.selectFrom('users').selectAll().where(column, '=', value).executeTakeFirst();
  return row === undefined ? null : userOf(row);
}

/** What is left out stays. Throws NOT_FOUND. */
export async function updateUser(
  db: Kysely<Tables>,
  id: string,
  { name, password, disabled, lastLoginAt }: Partial<Pick<StoredUser, 'name' | 'password' | 'disabled' | 'lastLoginAt'>>,
): Promise<void> {
  const changes = {
    ...(name === undefined ? {} : { name }),
    ...(password === undefined ? {} : { password }),
    ...(disabled === undefined ? {} : { disabled: Number(disabled) }),
    ...(lastLoginAt === undefined ? {} : { last_login_at: lastLoginAt }),
  };
  if (Object.keys(changes).length === 0) return;
  const { numUpdatedRows } = await db.updateTable('users').set(changes).where('id', '=', id).executeTakeFirst();
  if (numUpdatedRows === 0n) throw new AppError('NOT_FOUND', 'There is no such account.');
}

export async function hasUsers(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Null where nobody came with this account of this issuer yet. */
export async function findFederatedUser(db: Kysely<Tables>, issuer: string, subject: string): Promise<StoredUser | null> {
  const row = await db
    .selectFrom('federated_accounts')
    .innerJoin('users', 'users.id', 'federated_accounts.user_id')
    .selectAll('users')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row === undefined ? null : userOf(row);
}

/** The issuers through which each of them logs in. */
export async function readIssuers(db: Kysely<Tables>, users: readonly string[]): Promise<Map<string, string[]>> {
  const issuers = new Map<string, string[]>();
  if (users.length === 0) return issuers;
  const rows = await db
    .selectFrom('federated_accounts')
    .select(['user_id', 'issuer'])
    .where('user_id', 'in', [...users])
    .orderBy('issuer')
    .execute();
  for (const { user_id, issuer } of rows) issuers.set(user_id, [...(issuers.get(user_id) ?? []), issuer]);
  return issuers;
}

export async function linkFederatedUser(db: Kysely<Tables>, account: { issuer: string; subject: string; user: string }): Promise<void> {
  await db.insertInto('federated_accounts').values({ issuer: account.issuer, subject: account.subject, user_id: account.user }).execute();
}

function userOf(row: Tables['users']): StoredUser {
  const { id, email, name, password, disabled, created_at, last_login_at } = row;
  return { id, email, name, password, disabled: disabled !== 0, createdAt: created_at, lastLoginAt: last_login_at };
}
