import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** What the owner may see of clusters, at the moment when they shared it: others read it who see the same. Null: it is not shared. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('ai_conversations').addColumn('shared_sight', 'text').execute();
}
