import { setImmediate as nextTurn } from 'node:timers/promises';
import { type LedgerEntry, ledgerEntrySchema, toAppError } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type { LedgerRow, Tables } from '../database/tables.ts';
import { rowHash } from './chain.ts';
import { type LedgerRecord, storableRecord } from './redact-record.ts';

/** Rows of one transaction: each more costs little, and the parameters of a statement are limited (SQLite: 32,766). */
const mostAtOnce = 256;
/** Milliseconds. */
const retryAfter = 5_000;

interface Waiting {
  record: LedgerRecord;
  text: string;
  resolve(entry: Pick<LedgerEntry, 'seq' | 'hash'>): void;
  reject(reason: Error): void;
}

/**
 * What was done through Quarterdeck: rows that are only ever appended, each holding the hash of the one before. What is
 * appended at the same time shares one transaction, and so one wait for the disk.
 */
export class Ledger {
  readonly db: Kysely<Tables>;
  private waiting: Waiting[] = [];
  private writing = false;
  /** Results of acts that are done, which could not be stored when they came. */
  private late: LedgerRecord[] = [];

  constructor(db: Kysely<Tables>) {
    this.db = db;
  }

  /** Resolves when the record is on disk. Throws STORAGE_UNAVAILABLE where it can't be stored. */
  append(record: LedgerRecord): Promise<Pick<LedgerEntry, 'seq' | 'hash'>> {
    return new Promise((resolve, reject) => {
      const text = storableRecord(record);
      // What is stored must be readable, and what it is found by must be what is stored: both come from the text.
      this.waiting.push({ record: ledgerEntrySchema.shape.record.parse(JSON.parse(text)), text, resolve, reject });
      if (!this.writing) void this.writeAll();
    });
  }

  /** Keeps what could not be stored, and tries again until it can be; lost only with the process. */
  appendLater(record: LedgerRecord): void {
    this.late.push(record);
    setTimeout(() => this.retryLate(), retryAfter).unref();
  }

  /** Waits for what is being written, and tries once more what could not be. Gives how many records are lost if the process ends now. */
  async flush(): Promise<number> {
    const late = this.late.splice(0);
    await Promise.all(late.map((record) => this.appendOnce(record).catch(() => this.late.push(record))));
    while (this.writing) await nextTurn();
    return this.late.length;
  }

  async has({ act, phase }: Pick<LedgerRecord, 'act' | 'phase'>): Promise<boolean> {
    return (await this.db.selectFrom('ledger').select('seq').where('act', '=', act).where('phase', '=', phase).executeTakeFirst()) !== undefined;
  }

  private async writeAll(): Promise<void> {
    this.writing = true;
    await nextTurn(); // Whoever appends in the same turn comes along.
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, mostAtOnce);
      try {
        const rows = await this.write(batch);
        for (const [index, { resolve }] of batch.entries()) resolve({ seq: rows[index]?.seq ?? 0, hash: rows[index]?.hash ?? '' });
        this.retryLate();
      } catch (thrown) {
        for (const { reject } of batch) reject(toAppError(thrown));
      }
    }
    // In the same turn in which nothing more was waiting.
    this.writing = false;
  }

  private retryLate(): void {
    for (const record of this.late.splice(0)) this.appendOnce(record).catch(() => this.appendLater(record));
  }

  private async appendOnce(record: LedgerRecord): Promise<void> {
    if (!(await this.has(record))) await this.append(record);
  }

  /** Whoever moves the head has the right to append until the transaction ends: numbers have no gaps, and two processes make one chain. */
  private write(batch: readonly Waiting[]): Promise<LedgerRow[]> {
    return this.db.transaction().execute(async (transaction) => {
      const head = await transaction
        .updateTable('ledger_head')
        .set((expression) => ({ seq: expression('seq', '+', batch.length) }))
        .where('id', '=', 1)
        .returning(['seq', 'hash'])
        .executeTakeFirstOrThrow();
      const rows: LedgerRow[] = [];
      for (const [index, { record, text }] of batch.entries()) {
        const chained = { seq: head.seq - batch.length + index + 1, previous: rows.at(-1)?.hash ?? head.hash, record: text };
        rows.push({ ...columnsOf(record), ...chained, hash: rowHash(chained) });
      }
      await transaction.insertInto('ledger').values(rows).execute();
      const { hash = head.hash } = rows.at(-1) ?? {};
      await transaction.updateTable('ledger_head').set({ hash }).where('id', '=', 1).execute();
      return rows;
    });
  }
}

type Columns = Omit<LedgerRow, 'seq' | 'record' | 'previous' | 'hash'>;

/** What a record is found by. A check compares these with the record. */
export function columnsOf(record: LedgerRecord): Columns {
  const { phase, act } = record;
  const at = Date.parse(record.at);
  if (record.phase === 'result') {
    const none = { actor: null, via: null, cluster: null, action: null, namespace: null, kind: null, name: null };
    return { phase, act, at, ...none, outcome: record.outcome };
  }
  const { actor, via, cluster, action, target } = record;
  const object = { namespace: target?.namespace ?? null, kind: target?.kind ?? null, name: target?.name ?? null };
  return { phase, act, at, actor: actor.id, via, cluster, action, ...object, outcome: null };
}
