import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('actions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('cluster', 'text', (column) => column.notNull())
    .addColumn('issue', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('held_until', 'bigint')
    .addColumn('document', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('actions_by_state').on('actions').columns(['state', 'at']).execute();
  await db.schema
    .createTable('action_approvals')
    .addColumn('action', 'text', (column) => column.primaryKey())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
}
