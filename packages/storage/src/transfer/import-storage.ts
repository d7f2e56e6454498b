import { AppError } from '@quarterdeck/contract';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { verifyLedger } from '../ledger/verify-ledger.ts';
import { migrations } from '../migrations/index.ts';
import { type CarriedTable, lineSchema, rowSchemas, type StorageLine } from './storage-file.ts';

/** Rows of one statement. */
const batchSize = 200;

type RowLine = Extract<StorageLine, { table: CarriedTable }>;

/**
 * Takes the lines of an export into an empty storage: all of them, and the ledger in them must prove itself, or nothing is
 * kept. Throws VALIDATION_ERROR for a file that is none, is cut off or was changed, CONFLICT for a storage that is in use.
 */
export async function importStorage(db: Kysely<Tables>, lines: AsyncIterable<string>): Promise<{ rows: number }> {
  return db.transaction().execute(async (transaction) => {
    await requireEmpty(transaction);
    await transaction.deleteFrom('ledger_head').execute();
    const rows = await takeLines(transaction, lines);
    const { ok, faults } = await verifyLedger(transaction);
    if (!ok) throw invalid(`its ledger does not prove itself: row ${faults[0]?.seq}: ${faults[0]?.message}`);
    return { rows };
  });
}

async function takeLines(transaction: Transaction<Tables>, lines: AsyncIterable<string>): Promise<number> {
  const taker = new LineTaker(transaction);
  for await (const text of lines) if (text !== '') await taker.take(text);
  return taker.end();
}

/** Takes lines in the order of the file and inserts what belongs together. */
class LineTaker {
  private readonly transaction: Transaction<Tables>;
  private number = 0;
  private rows = 0;
  private ended = false;
  private batch: RowLine[] = [];

  constructor(transaction: Transaction<Tables>) {
    this.transaction = transaction;
  }

  async take(text: string): Promise<void> {
    this.number += 1;
    const line = parseLine(text, this.number);
    if (this.ended || 'format' in line !== (this.number === 1)) throw invalid(`line ${this.number} is not where it belongs`);
    if ('format' in line) requireKnown(line.migration);
    else if ('end' in line) this.close(line.rows);
    else await this.row(line);
  }

  async end(): Promise<number> {
    await insert(this.transaction, this.batch);
    if (!this.ended) throw invalid('it is cut off: its last line is missing');
    return this.rows;
  }

  private close(told: number): void {
    this.ended = true;
    if (told !== this.rows) throw invalid(`it says that it has ${told} rows and has ${this.rows}`);
  }

  private async row(line: RowLine): Promise<void> {
    this.rows += 1;
    const [first] = this.batch;
    if (this.batch.length >= batchSize || (first !== undefined && first.table !== line.table)) {
      await insert(this.transaction, this.batch);
      this.batch = [];
    }
    this.batch.push(line);
  }
}

async function insert(transaction: Transaction<Tables>, batch: readonly RowLine[]): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  await transaction
    .insertInto(first.table)
    .values(batch.map(({ row }) => row))
    .execute();
}

async function requireEmpty(db: Kysely<Tables>): Promise<void> {
  for (const table of tableNames()) {
    if (table === 'ledger_head') continue;
    if (await isEmpty(db, table)) continue;
    throw new AppError('CONFLICT', `The storage is in use: it has ${table} already.`, { hint: 'Import into an empty one.' });
  }
}

/** The built-in roles are there wherever the tables are. */
async function isEmpty(db: Kysely<Tables>, table: CarriedTable): Promise<boolean> {
  const rows =
    table === 'roles'
      ? await db.selectFrom(table).select('id').where('built_in', '=', 0).limit(1).execute()
      : await db.selectFrom(table).selectAll().limit(1).execute();
  return rows.length === 0;
}

function tableNames(): CarriedTable[] {
  return Object.keys(rowSchemas).filter((name): name is CarriedTable => name in rowSchemas);
}

function parseLine(text: string, number: number): StorageLine {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw invalid(`line ${number} is not understood`, cause);
  }
}

function requireKnown(migration: string): void {
  if (migrations.some(({ name }) => name === migration)) return;
  throw new AppError('UNSUPPORTED', `The export comes from a newer Quarterdeck (${migration}).`, { hint: 'Update this one first.' });
}

function invalid(what: string, cause?: unknown): AppError {
  return new AppError('VALIDATION_ERROR', `The export can't be taken: ${what}.`, { hint: 'Export it again; nothing of it was kept.', cause });
}
