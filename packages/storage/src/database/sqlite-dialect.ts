import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  SqliteIntrospector,
} from 'kysely';
import { storageError } from './storage-error.ts';
import { TranslatingDriver } from './translating-driver.ts';

/** How long a writer waits for another process that writes, of which so long with everything else standing still. Milliseconds. */
const longestWait = 5_000;
const stillWait = 20;
const pause = 10;

/**
 * SQLite as a system of record: what is committed is on disk (WAL with `synchronous=FULL`), deleted content is
 * overwritten, and a second process that writes waits for its turn.
 */
export function sqliteDialect(path: string): Dialect {
  const database = () => openFile(path);
  const base = new SqliteDialect({ database: async () => database() });
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: (): Driver => new TranslatingDriver(new ImmediateDriver({ database: async () => database() }), (thrown) => storageError(thrown, path)),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => base.createQueryCompiler(),
  };
}

/** Opens the file, for its owner alone. Throws what SQLite and the file system throw. */
export function openFile(path: string): Database.Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  const database = new Database(path, { timeout: longestWait });
  try {
    database.pragma('journal_mode = WAL');
    for (const setting of ['synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON', 'wal_autocheckpoint = 4000', `busy_timeout = ${stillWait}`])
      database.pragma(setting);
  } catch (thrown) {
    database.close();
    throw thrown;
  }
  return database;
}

/** Transactions are for writing, and take the right to write at their begin: one that took it later could find that it read old rows. */
class ImmediateDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return new PatientConnection(await super.acquireConnection());
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** Waits for its turn to write without holding up the process. Only a statement outside of a transaction, or its begin, is ever told to wait. */
class PatientConnection implements DatabaseConnection {
  private readonly inner: DatabaseConnection;

  constructor(inner: DatabaseConnection) {
    this.inner = inner;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    for (const deadline = Date.now() + longestWait; ; await delay(pause)) {
      try {
        return await this.inner.executeQuery<R>(query);
      } catch (thrown) {
        const busy = thrown instanceof Error && 'code' in thrown && thrown.code === 'SQLITE_BUSY';
        if (!busy || Date.now() > deadline) throw thrown;
      }
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}
