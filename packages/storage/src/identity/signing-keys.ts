import type { Kysely } from 'kysely';
import * as z from 'zod';
import type { Tables } from '../database/tables.ts';

/** The public half of a key that signs tokens; `createdAt` is in epoch milliseconds. */
export interface StoredSigningKey {
  kid: string;
  /** A JWK. */
  publicKey: Record<string, unknown>;
  createdAt: number;
}

/** The newest first. */
export async function readSigningKeys(db: Kysely<Tables>): Promise<StoredSigningKey[]> {
  const rows = await db.selectFrom('signing_keys').selectAll().orderBy('created_at', 'desc').orderBy('kid').execute();
  return rows.map(({ kid, public_key, created_at }) => ({
    kid,
    publicKey: z.record(z.string(), z.unknown()).parse(JSON.parse(public_key)),
    createdAt: created_at,
  }));
}

export async function createSigningKey(db: Kysely<Tables>, { kid, publicKey, createdAt }: StoredSigningKey): Promise<void> {
  await db
    .insertInto('signing_keys')
    .values({ kid, public_key: JSON.stringify(publicKey), created_at: createdAt })
    .execute();
}

export async function deleteSigningKey(db: Kysely<Tables>, kid: string): Promise<void> {
  await db.deleteFrom('signing_keys').where('kid', '=', kid).execute();
}
