import type { StorageReport } from '@quarterdeck/contract';
import { sql } from 'kysely';
import type { OpenStorage } from '../database/open-storage.ts';
import { type LedgerAnchor, verifyLedger } from '../ledger/verify-ledger.ts';
import type { SecretStore } from '../secrets/secret-store.ts';

/** Whether everything in a storage is as it was written. */
export async function checkStorage({ db, url }: OpenStorage, secrets: SecretStore, anchor: LedgerAnchor | null = null): Promise<StorageReport> {
  const damage = url.engine === 'sqlite' ? await sqliteDamage(db) : [];
  const ledger = await verifyLedger(db, anchor);
  const unreadableSecrets = await secrets.unreadable();
  return { ok: damage.length === 0 && ledger.ok && unreadableSecrets.length === 0, engine: url.engine, damage, ledger, unreadableSecrets };
}

async function sqliteDamage(db: OpenStorage['db']): Promise<string[]> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  return rows.flatMap(({ integrity_check: line }) => (line === 'ok' ? [] : [line]));
}
