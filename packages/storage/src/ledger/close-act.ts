import type { RecoverDependencies } from '@quarterdeck/cluster';
import type { ActOutcome, ActResult } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Ledger } from './ledger.ts';
import { readActs } from './read-acts.ts';

/** More runs than this are not cut off at once. */
const mostRuns = 500;

/** How an act ended; null where nobody wrote that down. */
export async function outcomeOfAct(db: Kysely<Tables>, act: string): Promise<ActOutcome | null> {
  const row = await db.selectFrom('ledger').select('outcome').where('act', '=', act).where('phase', '=', 'result').executeTakeFirst();
  return actOutcomeOf(row?.outcome ?? null);
}

function actOutcomeOf(text: string | null): ActOutcome | null {
  return text === 'done' || text === 'failed' || text === 'cancelled' ? text : null;
}

/** Acts of the run of an action, and of its steps, of which no end is known. */
export async function unfinishedOfRun(db: Kysely<Tables>, action: string): Promise<string[]> {
  const { acts: runs } = await readActs(db, { action: 'action.run', outcome: 'unfinished' }, { limit: mostRuns });
  const run = runs.find(({ input }) => input.action === action);
  if (run === undefined) return [];
  const { acts } = await readActs(db, { outcome: 'unfinished', since: run.at }, { limit: mostRuns });
  return acts.filter(({ act, requestId }) => act === run.act || (requestId !== null && requestId === run.requestId)).map(({ act }) => act);
}

/** Writes down what was found out later of an act that was cut off. One that ended meanwhile is left as it is. */
export async function closeAct(ledger: Ledger, act: string, found: { outcome: ActOutcome; note: string; at: number }): Promise<void> {
  const { outcome, note, at } = found;
  const error = outcome === 'done' ? null : ({ code: 'CANCELLED', message: note } as const);
  const result: ActResult = { phase: 'result', act, at: new Date(at).toISOString(), outcome, error, diff: null, undo: null, detail: { lookedUp: note } };
  if (!(await ledger.has(result))) await ledger.append(result);
}

/** What the ledger knows of runs that were cut off, and where it is written down how they ended. `now` is in epoch milliseconds. */
export function actionRecovery(ledger: Ledger, now: () => number): Pick<RecoverDependencies, 'outcomeOf' | 'unfinished' | 'endAct'> {
  return {
    outcomeOf: (act) => outcomeOfAct(ledger.db, act),
    unfinished: (action) => unfinishedOfRun(ledger.db, action),
    endAct: (act, outcome, note) => closeAct(ledger, act, { outcome, note, at: now() }),
  };
}
