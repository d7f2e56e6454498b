import { type ModelRun, modelRunSchema, type Rating, type RunPage, type RunQuery, type RunSummary, runSummarySchema } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

const detailsSchema = modelRunSchema.pick({ requests: true, context: true, answers: true, tools: true });

/** One that is there already is replaced. */
export async function putRun(db: Kysely<Tables>, run: ModelRun): Promise<void> {
  const { requests, context, answers, tools, ...summary } = run;
  const changing = { summary: JSON.stringify(summary), details: JSON.stringify({ requests, context, answers, tools }) };
  await db
    .insertInto('ai_runs')
    .values({ id: run.id, user_id: run.user, organisation: run.organisation ?? '', message: run.message, at: Date.parse(run.at), ...changing })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
    .execute();
}

export async function findRun(db: Kysely<Tables>, id: string): Promise<ModelRun | null> {
  const row = await db.selectFrom('ai_runs').select(['summary', 'details']).where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  return { ...runSummarySchema.parse(JSON.parse(row.summary)), ...detailsSchema.parse(JSON.parse(row.details)) };
}

/** The newest first. */
export async function readRuns(db: Kysely<Tables>, { user, organisation, limit, before }: RunQuery): Promise<RunPage> {
  let query = db
    .selectFrom('ai_runs')
    .select(['id', 'at', 'summary'])
    .where('organisation', '=', organisation ?? '');
  if (user !== null) query = query.where('user_id', '=', user);
  const [at = '', id = ''] = before?.split('_', 2) ?? [];
  if (/^\d+$/.test(at)) query = query.where(({ or, and, eb }) => or([eb('at', '<', Number(at)), and([eb('at', '=', Number(at)), eb('id', '<', id)])]));
  const rows = await query
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    runs: shown.map(({ summary }) => runSummarySchema.parse(JSON.parse(summary))),
    next: rows.length > limit && last !== undefined ? `${last.at}_${last.id}` : null,
  };
}

/** Since a moment (epoch milliseconds), the oldest first. */
export async function readRunsSince(db: Kysely<Tables>, organisation: string | null, since: number): Promise<RunSummary[]> {
  const rows = await db
    .selectFrom('ai_runs')
    .select('summary')
    .where('organisation', '=', organisation ?? '')
    .where('at', '>=', since)
    .orderBy('at')
    .execute();
  return rows.map(({ summary }) => runSummarySchema.parse(JSON.parse(summary)));
}

export async function rateRun(db: Kysely<Tables>, message: string, rating: Rating | null): Promise<void> {
  const rows = await db.selectFrom('ai_runs').select(['id', 'summary']).where('message', '=', message).execute();
  for (const { id, summary } of rows) {
    const rated = { ...runSummarySchema.parse(JSON.parse(summary)), rating };
    await db
      .updateTable('ai_runs')
      .set({ summary: JSON.stringify(rated) })
      .where('id', '=', id)
      .execute();
  }
}
