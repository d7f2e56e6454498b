import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseStorageUrl, type StorageUrl } from '../database/storage-url.ts';
import { canHavePostgres, type PostgresServer, startPostgres } from './postgres-server.ts';

/** Both engines for tests: each URL is of a storage that is empty. */
export interface TestEngines {
  has(engine: StorageUrl['engine']): boolean;
  newUrl(engine: StorageUrl['engine']): Promise<StorageUrl>;
  close(): Promise<void>;
}

/** PostgreSQL is started where it is installed, and must be with CI set. */
export async function startEngines(): Promise<TestEngines> {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-storage-'));
  const postgres: PostgresServer | null = canHavePostgres() ? await startPostgres() : null;
  return {
    has: (engine) => engine === 'sqlite' || postgres !== null,
    newUrl: async (engine) =>
      parseStorageUrl(engine === 'sqlite' ? `sqlite:${join(folder, `${randomUUID()}.db`)}` : ((await postgres?.createDatabase()) ?? '')),
    async close() {
      await postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
