import type { Kysely } from 'kysely';
import type { SessionRow, Tables } from '../database/tables.ts';

/** A login. Times are epoch milliseconds. */
export interface StoredSession {
  id: string;
  /** SHA-256 (hex) of what the browser holds; null for a program, which shows a signed token with the id. */
  secret: string | null;
  user: string;
  organisation: string;
  createdAt: number;
  seenAt: number;
  expiresAt: number;
  address: string | null;
  userAgent: string | null;
}

export async function createSession(db: Kysely<Tables>, session: StoredSession): Promise<void> {
  const { user, createdAt, seenAt, expiresAt, userAgent, ...rest } = session;
  await db
    .insertInto('sessions')
    .values({ ...rest, user_id: user, created_at: createdAt, seen_at: seenAt, expires_at: expiresAt, user_agent: userAgent })
    .execute();
}

/** Null where there is none, or not any more. */
export async function findSession(db: Kysely<Tables>, by: { secret: string } | { id: string }): Promise<StoredSession | null> {
  const [column, value] = 'secret' in by ? (['secret', by.secret] as const) : (['id', by.id] as const);
  const row = await db.selectFrom('sessions').selectAll().where(column, '=', value).executeTakeFirst();
  return row === undefined ? null : sessionOf(row);
}

/** The latest used first. */
export async function readSessions(db: Kysely<Tables>, user: string): Promise<StoredSession[]> {
  const rows = await db.selectFrom('sessions').selectAll().where('user_id', '=', user).orderBy('seen_at', 'desc').orderBy('id').execute();
  return rows.map(sessionOf);
}

export async function touchSession(db: Kysely<Tables>, id: string, now: number): Promise<void> {
  await db.updateTable('sessions').set({ seen_at: now }).where('id', '=', id).execute();
}

export async function moveSession(db: Kysely<Tables>, id: string, organisation: string): Promise<void> {
  await db.updateTable('sessions').set({ organisation }).where('id', '=', id).execute();
}

/** One of somebody's, or all of them but one; gives how many. */
export async function deleteSessions(db: Kysely<Tables>, user: string, which: { id: string } | { allBut: string | null }): Promise<number> {
  const theirs = db.deleteFrom('sessions').where('user_id', '=', user);
  const { numDeletedRows } = await ('id' in which ? theirs.where('id', '=', which.id) : theirs.where('id', '!=', which.allBut ?? '')).executeTakeFirst();
  return Number(numDeletedRows);
}

/** Whatever nobody can use any more. */
export async function deleteEndedLogins(db: Kysely<Tables>, { now, idleSince }: { now: number; idleSince: number }): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where((session) => session.or([session('expires_at', '<=', now), session('seen_at', '<=', idleSince)]))
    .execute();
  await db.deleteFrom('personal_tokens').where('expires_at', '<=', now).execute();
  await db.deleteFrom('login_attempts').where('at', '<=', idleSince).where('locked_until', '<=', now).execute();
}

function sessionOf({ user_id, created_at, seen_at, expires_at, user_agent, ...rest }: SessionRow): StoredSession {
  return { ...rest, user: user_id, createdAt: created_at, seenAt: seen_at, expiresAt: expires_at, userAgent: user_agent };
}
