import { AppError } from '@quarterdeck/contract';
import { type Kysely, sql } from 'kysely';
import { migrations as known, type Migration } from '../migrations/index.ts';
import type { StorageUrl } from './storage-url.ts';
import type { Tables } from './tables.ts';

/** Any number that no other program on the same PostgreSQL server is likely to lock. */
const migrationLock = 7_420_001;

/**
 * Brings the tables up to date, all of it or nothing, while no other process does the same: with SQLite a transaction
 * that begins by writing, with PostgreSQL an advisory lock. Throws UNSUPPORTED where a newer version wrote them.
 */
export async function migrate(
  db: Kysely<Tables>,
  { engine, label }: StorageUrl,
  migrations: readonly { name: string; up: Migration }[] = known,
): Promise<void> {
  if ((await missing(db, label, migrations).catch(() => migrations)).length === 0) return;
  await db.transaction().execute(async (transaction) => {
    if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(transaction);
    await transaction.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    for (const { name, up } of await missing(transaction, label, migrations)) {
      await up(transaction);
      await transaction.insertInto('migrations').values({ name, at: Date.now() }).execute();
    }
  });
}

async function missing(db: Kysely<Tables>, label: string, migrations: readonly { name: string; up: Migration }[]) {
  const applied = new Set((await db.selectFrom('migrations').select('name').execute()).map(({ name }) => name));
  const strange = [...applied].filter((name) => !migrations.some((migration) => migration.name === name));
  if (strange.length === 0) return migrations.filter(({ name }) => !applied.has(name));
  throw new AppError('UNSUPPORTED', `The storage (${label}) was written by a newer Quarterdeck (${strange.join(', ')}).`, {
    hint: 'Update Quarterdeck, or go back to a backup from before the update.',
  });
}
