import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { actId } from './act-id.ts';
import type { Ledger } from './ledger.ts';

export interface LedgerLimits {
  /** Rows older than this go. */
  days: number;
  /** No more rows than this are kept. */
  rows: number;
}

export const usualLimits: LedgerLimits = { days: 400, rows: 2_000_000 };

const day = 86_400_000;

/**
 * Takes away the oldest rows that are beyond the limits, and writes down that it did. What is kept still proves itself: the
 * head remembers the hash on which the first kept row builds. Gives how many rows went.
 */
export async function pruneLedger(ledger: Ledger, { days, rows }: LedgerLimits, now: number): Promise<number> {
  const removed = await ledger.db.transaction().execute(async (transaction) => {
    const { seq, floor } = await transaction
      .updateTable('ledger_head')
      .set({ id: 1 })
      .where('id', '=', 1)
      .returning(['seq', 'floor'])
      .executeTakeFirstOrThrow();
    const last = await lastToGo(transaction, { seq, rows, before: now - days * day });
    if (last === null || last.seq <= floor) return null;
    await transaction.deleteFrom('ledger').where('seq', '<=', last.seq).execute();
    await transaction.updateTable('ledger_head').set({ floor: last.seq, floor_hash: last.hash }).where('id', '=', 1).execute();
    return { from: floor + 1, to: last.seq, hash: last.hash };
  });
  if (removed === null) return 0;
  const act = actId(now);
  const at = new Date(now).toISOString();
  const by = { actor: { id: 'retention', kind: 'server' as const }, via: 'server' as const, cluster: null, approval: null, requestId: null };
  await ledger.append({ phase: 'intent', act, at, ...by, action: 'ledger.prune', target: null, input: { days, rows }, kubectl: null, undo: null });
  await ledger.append({ phase: 'result', act, at, outcome: 'done', error: null, diff: null, undo: null, detail: removed });
  return removed.to - removed.from + 1;
}

/** The newest row that is too old or too many; its rows before it are too. Null where all may stay. */
async function lastToGo(db: Kysely<Tables>, { seq, rows, before }: { seq: number; rows: number; before: number }) {
  // A row that is too old has only older ones before it, but for clocks that went back: then it stays until those are old too.
  const young = await db.selectFrom('ledger').select(sql<number | null>`min(seq)`.as('seq')).where('at', '>=', before).executeTakeFirst();
  const lastOld = young?.seq === null || young?.seq === undefined ? seq : Number(young.seq) - 1;
  const last = Math.max(lastOld, seq - rows);
  return (await db.selectFrom('ledger').select(['seq', 'hash']).where('seq', '=', last).executeTakeFirst()) ?? null;
}
