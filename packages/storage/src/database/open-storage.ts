import { type Dialect, Kysely } from 'kysely';
import { migrate } from './migrate.ts';
import type { ServerLock } from './server-lock.ts';
import type { StorageUrl } from './storage-url.ts';
import type { Tables } from './tables.ts';

export interface OpenStorage {
  readonly url: StorageUrl;
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

export interface StorageOptions {
  /** A server is the only one on a SQLite file; commands and recordings may use the storage beside it. */
  role: 'server' | 'guest';
  /** Told when a connection that waits in the pool is cut off; the next call makes a new one. */
  onLost?(cause: Error): void;
}

/**
 * Opens the storage and brings its tables up to date. The caller closes it. Throws STORAGE_UNAVAILABLE, CONFLICT (another
 * server has it), UNSUPPORTED (a newer version wrote it).
 */
export async function openStorage(url: StorageUrl, { role, onLost = () => undefined }: StorageOptions): Promise<OpenStorage> {
  const db = new Kysely<Tables>({ dialect: await dialectFor(url, onLost) });
  let lock: ServerLock | null = null;
  try {
    await migrate(db, url);
    if (role === 'server' && url.engine === 'sqlite') {
      const { lockForServer, noteHolder } = await import('./server-lock.ts');
      lock = lockForServer(url.path);
      await noteHolder(db);
    }
  } catch (thrown) {
    lock?.release();
    await db.destroy();
    throw thrown;
  }
  return {
    url,
    db,
    async close() {
      await db.destroy();
      lock?.release();
    },
  };
}

/** The other engine's client is not loaded: a command would wait for it. */
async function dialectFor(url: StorageUrl, onLost: (cause: Error) => void): Promise<Dialect> {
  if (url.engine === 'sqlite') return (await import('./sqlite-dialect.ts')).sqliteDialect(url.path);
  return (await import('./postgres-dialect.ts')).postgresDialect(url.url, url.label, onLost);
}
