import { CompiledQuery, type Dialect, PostgresAdapter, PostgresDialect, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { Pool, types } from 'pg';
import { storageError } from './storage-error.ts';
import { TranslatingDriver } from './translating-driver.ts';

/** More at once than a workbench needs: a request uses one connection for some milliseconds. */
const mostConnections = 8;
/** Milliseconds. */
const connectTimeout = 10_000;

/** Whole numbers of 8 bytes come as numbers: ours are times and counters far below 2^53. */
const int8 = 20;

/** PostgreSQL through a pool. A commit is on disk when it is acknowledged, whatever the server's own default is. */
export function postgresDialect(url: string, label: string, onLost: (cause: Error) => void): Dialect {
  const pool = new Pool({
    connectionString: url,
    max: mostConnections,
    connectionTimeoutMillis: connectTimeout,
    keepAlive: true,
    application_name: 'quarterdeck',
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? Number : types.getTypeParser(oid, format)) },
  });
  // A connection that is cut off, waiting or in use: what was asked over it fails, and the pool makes a new one.
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', onLost));
  const dialect = new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => void (await connection.executeQuery(CompiledQuery.raw('set synchronous_commit = on'))),
  });
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new TranslatingDriver(dialect.createDriver(), (thrown) => storageError(thrown, label)),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}
