import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('dismissals')
    .addColumn('cluster', 'text', (column) => column.notNull())
    .addColumn('issue', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('dismissals_key', ['cluster', 'issue'])
    .execute();
  await db.schema
    .createTable('forwards')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('place', 'bigint', (column) => column.notNull())
    .addColumn('declaration', 'text', (column) => column.notNull())
    .execute();
}
