import type { StorageStatus } from '@quarterdeck/contract';
import { sql } from 'kysely';
import type { OpenStorage } from '../database/open-storage.ts';

/** How much there is, and where. Sizes are what the engine says of itself, in bytes. */
export async function storageStatus({ db, url }: OpenStorage): Promise<StorageStatus> {
  const names = (await db.introspection.getTables()).filter(({ isView, name }) => !isView && !name.startsWith('sqlite_')).map(({ name }) => name);
  const tables = [];
  for (const name of names) tables.push({ name, rows: await count(db, name) });
  tables.sort((a, b) => b.rows - a.rows || a.name.localeCompare(b.name));
  return { engine: url.engine, label: url.label, size: await sizeOf({ db, url }), tables };
}

async function count(db: OpenStorage['db'], table: string): Promise<number> {
  const { rows } = await sql<{ rows: number | string }>`select count(*) as rows from ${sql.table(table)}`.execute(db);
  return Number(rows[0]?.rows ?? 0);
}

async function sizeOf({ db, url }: Pick<OpenStorage, 'db' | 'url'>): Promise<number> {
  const query =
    url.engine === 'sqlite'
      ? sql<{ size: number | string }>`select page_count * page_size as size from pragma_page_count(), pragma_page_size()`
      : sql<{ size: number | string }>`select pg_database_size(current_database()) as size`;
  return Number((await query.execute(db)).rows[0]?.size ?? 0);
}
