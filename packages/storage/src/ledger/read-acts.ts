import { type Act, type ActFilter, type ActPage, AppError, actIntentSchema, actResultSchema, type LedgerEntry, ledgerEntrySchema } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** The newest acts that pass the filter, before a row where one is given. */
export async function readActs(db: Kysely<Tables>, filter: ActFilter, { limit, before }: { limit: number; before?: number | undefined }): Promise<ActPage> {
  let query = filtered(actsQuery(db), filter);
  if (before !== undefined) query = query.where('intent.seq', '<', before);
  const rows = await query
    .orderBy('intent.seq', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  return { acts: shown.map(actOf), next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null };
}

/** Throws NOT_FOUND. */
export async function readAct(db: Kysely<Tables>, act: string): Promise<Act> {
  const row = await actsQuery(db).where('intent.act', '=', act).executeTakeFirst();
  if (row !== undefined) return actOf(row);
  throw noAct(act);
}

/** Also for an act that whoever asks may not know of. */
export function noAct(act: string): AppError {
  return new AppError('NOT_FOUND', `The ledger has no act ${act}.`, { hint: 'List the acts to see their ids; old ones may have fallen to retention.' });
}

/** Rows of one reading. */
const pageSize = 500;

/** Every row from `from` on, oldest first. */
export async function* readEntries(db: Kysely<Tables>, from = 1): AsyncGenerator<LedgerEntry> {
  for (let next = from; ; ) {
    const rows = await db.selectFrom('ledger').selectAll().where('seq', '>=', next).orderBy('seq').limit(pageSize).execute();
    for (const { seq, previous, record, hash } of rows) yield ledgerEntrySchema.parse({ seq, previous, record: JSON.parse(record), hash });
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    next = last.seq + 1;
  }
}

function actsQuery(db: Kysely<Tables>) {
  return db
    .selectFrom('ledger as intent')
    .leftJoin('ledger as result', (join) => join.onRef('result.act', '=', 'intent.act').on('result.phase', '=', 'result'))
    .where('intent.phase', '=', 'intent')
    .select(['intent.seq as seq', 'intent.record as intent', 'result.record as result']);
}

type ActsQuery = ReturnType<typeof actsQuery>;

const exact = ['cluster', 'actor', 'via', 'namespace', 'kind', 'name'] as const;

function filtered(all: ActsQuery, filter: ActFilter): ActsQuery {
  const { action, outcome, since, until } = filter;
  let query = all;
  for (const column of exact) {
    const wanted = filter[column];
    if (wanted !== undefined) query = query.where(`intent.${column}`, '=', wanted);
  }
  if (action !== undefined)
    query = query.where((builder) => builder.or([builder('intent.action', '=', action), builder('intent.action', 'like', `${action}.%`)]));
  if (outcome === 'unfinished') query = query.where('result.seq', 'is', null);
  else if (outcome !== undefined) query = query.where('result.outcome', '=', outcome);
  if (since !== undefined) query = query.where('intent.at', '>=', Date.parse(since));
  if (until !== undefined) query = query.where('intent.at', '<', Date.parse(until));
  return query;
}

function actOf(row: { seq: number; intent: string; result: string | null }): Act {
  const { phase: _intent, ...intent } = actIntentSchema.parse(JSON.parse(row.intent));
  return { seq: row.seq, ...intent, result: row.result === null ? null : resultOf(row.result) };
}

function resultOf(text: string): NonNullable<Act['result']> {
  const { phase: _result, act: _act, ...result } = actResultSchema.parse(JSON.parse(text));
  return result;
}
