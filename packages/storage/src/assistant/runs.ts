import {
  type ModelRun,
  modelRunSchema,
  type Rating,
  type RunFilter,
  type RunPage,
  type RunQuery,
  type RunSummary,
  runSummarySchema,
} from '@quarterdeck/contract';
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

/** Rows that one call looks through at most: a page may have fewer runs than were asked for, and still a next one. */
const mostLookedAt = 2_000;
const batch = 200;

/** The newest first. */
export async function readRuns(db: Kysely<Tables>, query: RunQuery): Promise<RunPage> {
  const runs: RunSummary[] = [];
  let place = query.before;
  for (let looked = 0; looked < mostLookedAt; looked += batch) {
    const rows = await readBatch(db, query, place);
    for (const row of rows) {
      // One more than is shown says whether there are others.
      const summary = fitting(row, query.filter);
      if (summary !== null && runs.length === query.limit) return { runs, next: place ?? null };
      if (summary !== null) runs.push(summary);
      place = `${row.at}_${row.id}`;
    }
    if (rows.length < batch) return { runs, next: null };
  }
  return { runs, next: place ?? null };
}

function readBatch(db: Kysely<Tables>, { user, organisation, filter = {} }: RunQuery, before: string | undefined) {
  const { person, since, until, tool, text } = filter;
  let query = db
    .selectFrom('ai_runs')
    .select(['id', 'at', 'summary'])
    .where('organisation', '=', organisation ?? '');
  if (user !== null) query = query.where('user_id', '=', user);
  if (person !== undefined) query = query.where('user_id', '=', person);
  if (since !== undefined) query = query.where('at', '>=', Date.parse(since));
  if (until !== undefined) query = query.where('at', '<=', Date.parse(until));
  const [at = '', id = ''] = before?.split('_', 2) ?? [];
  if (/^\d+$/.test(at)) query = query.where(({ or, and, eb }) => or([eb('at', '<', Number(at)), and([eb('at', '=', Number(at)), eb('id', '<', id)])]));
  // What was sent may be long: it is read only where somebody looks for something in it.
  const looksInside = tool !== undefined || text !== undefined;
  return query
    .$if(looksInside, (inside) => inside.select('details'))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(batch)
    .execute();
}

function fitting({ summary, details }: { summary: string; details?: string | undefined }, filter: RunFilter = {}): RunSummary | null {
  const run = runSummarySchema.parse(JSON.parse(summary));
  return fits(run, details, filter) ? run : null;
}

function fits(run: RunSummary, details: string | undefined, { model, state, purpose, prompt, tool, text }: RunFilter): boolean {
  if (model !== undefined && run.model?.includes(model) !== true) return false;
  if (state !== undefined && run.state !== state) return false;
  if (purpose !== undefined && run.purpose !== purpose) return false;
  if (prompt !== undefined && !run.prompt.split(' ').some((each) => each.split('@')[0] === prompt)) return false;
  if (tool === undefined && text === undefined) return true;
  const { tools, ...told } = detailsSchema.parse(JSON.parse(details ?? '{}'));
  if (tool !== undefined && !tools.some(({ name }) => name === tool)) return false;
  return text === undefined || textsOf([told, tools]).includes(text.toLowerCase());
}

/** All texts of a value, however deep, with no mark of JSON between their words. */
function textsOf(value: unknown): string {
  if (typeof value === 'string') return value.toLowerCase();
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textsOf).join('\n');
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
