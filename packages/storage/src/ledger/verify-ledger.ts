import { AppError, type LedgerReport, ledgerEntrySchema } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type { LedgerHeadRow, LedgerRow, Tables } from '../database/tables.ts';
import { rowHash } from './chain.ts';
import { columnsOf } from './ledger.ts';

/** A row of which somebody noted number and hash when it was the newest. */
export interface LedgerAnchor {
  seq: number;
  hash: string;
}

/** Throws VALIDATION_ERROR for what is not SEQ:HASH. */
export function parseAnchor(text: string): LedgerAnchor {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq !== undefined && hash !== undefined) return { seq: Number(seq), hash };
  throw new AppError('VALIDATION_ERROR', 'The anchor is not SEQ:HASH.', { hint: 'Give one as an earlier check printed it.' });
}

const pageSize = 1_000;
/** Whoever rewrote a ledger broke every row: a few say it all. */
const mostFaults = 20;

/**
 * Reads the whole ledger and checks that rows are numbered without gaps, that each holds the hash of the one before and
 * its own, that what it is found by is what its record says, and that the head is the last row. Who can write the
 * database could make a new chain: an anchor that was kept elsewhere shows that, and rows cut off at the end.
 */
export async function verifyLedger(db: Kysely<Tables>, anchor: LedgerAnchor | null = null): Promise<LedgerReport> {
  const head = await readHead(db);
  const check = new Check({ seq: head.floor, hash: head.floor_hash }, anchor);
  // No transaction: who checks a large ledger must not keep others from writing. What is appended meanwhile is not looked at.
  for (let rows = await page(db, head.floor, head.seq); rows.length > 0; rows = await page(db, check.last.seq, head.seq))
    for (const row of rows) check.row(row);
  if ((await readHead(db)).floor !== head.floor) return verifyLedger(db, anchor); // Retention took rows away while we read.
  check.end(head);
  const { faults, rows, first, last } = check;
  return { ok: faults.length === 0, rows, from: first, head: { seq: last.seq, hash: last.hash }, faults, unfinished: await countUnfinished(db) };
}

export function readHead(db: Kysely<Tables>): Promise<LedgerHeadRow> {
  return db.selectFrom('ledger_head').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
}

function page(db: Kysely<Tables>, after: number, to: number): Promise<LedgerRow[]> {
  return db.selectFrom('ledger').selectAll().where('seq', '>', after).where('seq', '<=', to).orderBy('seq').limit(pageSize).execute();
}

class Check {
  readonly faults: LedgerReport['faults'] = [];
  rows = 0;
  first: number | null = null;
  last: LedgerAnchor;
  private readonly anchor: LedgerAnchor | null;
  private anchored: boolean;

  constructor(floor: LedgerAnchor, anchor: LedgerAnchor | null) {
    this.last = floor;
    this.anchor = anchor;
    this.anchored = anchor === null || (floor.seq === anchor.seq && floor.hash === anchor.hash);
  }

  row(row: LedgerRow): void {
    const { seq, previous, hash } = row;
    this.rows += 1;
    this.first ??= seq;
    if (seq !== this.last.seq + 1) this.fault(seq, `Rows ${this.last.seq + 1} to ${seq - 1} are missing.`);
    else if (previous !== this.last.hash) this.fault(seq, 'It does not follow the row before it.');
    if (rowHash(row) !== hash) this.fault(seq, 'Its content is not what was written.');
    else if (!agrees(row)) this.fault(seq, 'What it is found by is not what its record says.');
    if (seq === this.anchor?.seq && hash === this.anchor.hash) this.anchored = true;
    this.last = { seq, hash };
  }

  end(head: { seq: number; hash: string; floor: number }): void {
    if (head.seq !== this.last.seq || head.hash !== this.last.hash)
      this.fault(this.last.seq, `The newest row should be ${head.seq}; rows at the end are missing or were added.`);
    if (this.anchor === null || this.anchored) return;
    const { seq } = this.anchor;
    if (seq < head.floor) this.fault(seq, `The anchor is older than what is kept (from ${head.floor + 1} on): use a newer one.`);
    else this.fault(seq, 'The row of the anchor is not there as it was: the ledger was rewritten or cut off.');
  }

  private fault(seq: number, message: string): void {
    if (this.faults.length < mostFaults) this.faults.push({ seq, message });
  }
}

function agrees(row: LedgerRow): boolean {
  const record = ledgerEntrySchema.shape.record.safeParse(JSON.parse(row.record));
  if (!record.success) return false;
  const expected = columnsOf(record.data);
  const columns: ReadonlyMap<string, unknown> = new Map(Object.entries(row));
  return Object.entries(expected).every(([name, value]) => columns.get(name) === value);
}

/** Acts of which it is not known how they ended: cut off, or going on. */
export async function countUnfinished(db: Kysely<Tables>): Promise<number> {
  const { count } = await db
    .selectFrom('ledger as intent')
    .leftJoin('ledger as result', (join) => join.onRef('result.act', '=', 'intent.act').on('result.phase', '=', 'result'))
    .where('intent.phase', '=', 'intent')
    .where('result.seq', 'is', null)
    .select((builder) => builder.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
