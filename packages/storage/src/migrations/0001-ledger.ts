import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { noHash } from '../ledger/chain.ts';

export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('facts')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('ledger')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('phase', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text')
    .addColumn('via', 'text')
    .addColumn('cluster', 'text')
    .addColumn('action', 'text')
    .addColumn('namespace', 'text')
    .addColumn('kind', 'text')
    .addColumn('name', 'text')
    .addColumn('outcome', 'text')
    .addColumn('record', 'text', (column) => column.notNull())
    .addColumn('previous', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addUniqueConstraint('ledger_act_phase', ['act', 'phase'])
    .execute();
  await db.schema.createIndex('ledger_by_actor').on('ledger').columns(['actor', 'seq']).execute();
  await db.schema.createIndex('ledger_by_object').on('ledger').columns(['cluster', 'namespace', 'name', 'seq']).execute();
  await createHead(db);
}

async function createHead(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('ledger_head')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('floor', 'bigint', (column) => column.notNull())
    .addColumn('floor_hash', 'text', (column) => column.notNull())
    .execute();
  await db.insertInto('ledger_head').values({ id: 1, seq: 0, hash: noHash, floor: 0, floor_hash: noHash }).execute();
}
