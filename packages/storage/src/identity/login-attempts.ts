import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** `failed`: in a row. `lockedUntil` is in epoch milliseconds, 0 where it is not locked. */
export interface LoginAttempts {
  failed: number;
  lockedUntil: number;
}

/** `accounts` are digests of what was typed as e-mail address. */
export async function readLoginAttempts(db: Kysely<Tables>, accounts: readonly string[]): Promise<Map<string, LoginAttempts>> {
  if (accounts.length === 0) return new Map();
  const rows = await db
    .selectFrom('login_attempts')
    .selectAll()
    .where('account', 'in', [...accounts])
    .execute();
  return new Map(rows.map(({ account, failed, locked_until }) => [account, { failed, lockedUntil: locked_until }]));
}

/** Counts one more, and locks where `lockAfter` says so; at the same time on several servers none is lost. */
export async function countFailedLogin(db: Kysely<Tables>, account: string, now: number, lockAfter: (failed: number) => number): Promise<LoginAttempts> {
  const { failed } = await db
    .insertInto('login_attempts')
    .values({ account, failed: 1, locked_until: 0, at: now })
    .onConflict((conflict) => conflict.column('account').doUpdateSet((attempts) => ({ failed: attempts('login_attempts.failed', '+', 1), at: now })))
    .returning('failed')
    .executeTakeFirstOrThrow();
  const span = lockAfter(failed);
  const lockedUntil = span === 0 ? 0 : now + span;
  if (span > 0) await db.updateTable('login_attempts').set({ locked_until: lockedUntil }).where('account', '=', account).execute();
  return { failed, lockedUntil };
}

export async function forgetLoginAttempts(db: Kysely<Tables>, account: string): Promise<void> {
  await db.deleteFrom('login_attempts').where('account', '=', account).execute();
}
