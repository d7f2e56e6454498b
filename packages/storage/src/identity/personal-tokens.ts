import type { Kysely } from 'kysely';
import * as z from 'zod';
import type { PersonalTokenRow, Tables } from '../database/tables.ts';

/** What somebody made for a program of theirs. Times are epoch milliseconds. */
export interface StoredToken {
  id: string;
  /** SHA-256 (hex) of the token. */
  secret: string;
  user: string;
  organisation: string;
  name: string;
  /** Its first characters. */
  hint: string;
  scopes: string[];
  createdAt: number;
  expiresAt: number;
  lastUsedAt: number | null;
}

export async function createPersonalToken(db: Kysely<Tables>, token: StoredToken): Promise<void> {
  const { user, scopes, createdAt, expiresAt, lastUsedAt, ...rest } = token;
  await db
    .insertInto('personal_tokens')
    .values({ ...rest, user_id: user, scopes: JSON.stringify(scopes), created_at: createdAt, expires_at: expiresAt, last_used_at: lastUsedAt })
    .execute();
}

/** Null where there is none, or not any more. */
export async function findPersonalToken(db: Kysely<Tables>, by: { secret: string } | { id: string }): Promise<StoredToken | null> {
  const [column, value] = 'secret' in by ? (['secret', by.secret] as const) : (['id', by.id] as const);
  const row = await db.selectFrom('personal_tokens').selectAll().where(column, '=', value).executeTakeFirst();
  return row === undefined ? null : tokenOf(row);
}

/** The newest first. */
export async function readPersonalTokens(db: Kysely<Tables>, user: string): Promise<StoredToken[]> {
  const rows = await db.selectFrom('personal_tokens').selectAll().where('user_id', '=', user).orderBy('created_at', 'desc').orderBy('id').execute();
  return rows.map(tokenOf);
}

export async function touchPersonalToken(db: Kysely<Tables>, id: string, now: number): Promise<void> {
  await db.updateTable('personal_tokens').set({ last_used_at: now }).where('id', '=', id).execute();
}

/** One of somebody's, or all of them; gives how many. */
export async function deletePersonalTokens(db: Kysely<Tables>, user: string, id: string | null): Promise<number> {
  const theirs = db.deleteFrom('personal_tokens').where('user_id', '=', user);
  const { numDeletedRows } = await (id === null ? theirs : theirs.where('id', '=', id)).executeTakeFirst();
  return Number(numDeletedRows);
}

function tokenOf({ user_id, scopes, created_at, expires_at, last_used_at, ...rest }: PersonalTokenRow): StoredToken {
  const names = z.array(z.string()).parse(JSON.parse(scopes));
  return { ...rest, user: user_id, scopes: names, createdAt: created_at, expiresAt: expires_at, lastUsedAt: last_used_at };
}
