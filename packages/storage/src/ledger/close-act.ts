import type { ActOutcome, ActResult } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Ledger } from './ledger.ts';

/** How an act ended; null where nobody wrote that down. */
export async function outcomeOfAct(db: Kysely<Tables>, act: string): Promise<ActOutcome | null> {
  const row = await db.selectFrom('ledger').select('outcome').where('act', '=', act).where('phase', '=', 'result').executeTakeFirst();
  return actOutcomeOf(row?.outcome ?? null);
}

function actOutcomeOf(text: string | null): ActOutcome | null {
  return text === 'done' || text === 'failed' || text === 'cancelled' ? text : null;
}

/** Writes down what was found out later of an act that was cut off. One that ended meanwhile is left as it is. */
export async function closeAct(ledger: Ledger, act: string, found: { outcome: ActOutcome; note: string; at: number }): Promise<void> {
  const { outcome, note, at } = found;
  const error = outcome === 'done' ? null : ({ code: 'CANCELLED', message: note } as const);
  const result: ActResult = { phase: 'result', act, at: new Date(at).toISOString(), outcome, error, diff: null, undo: null, detail: { lookedUp: note } };
  if (!(await ledger.has(result))) await ledger.append(result);
}
