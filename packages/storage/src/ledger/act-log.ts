import { setTimeout as delay } from 'node:timers/promises';
import { type ActIntent, type ActLog, type ActResult, AppError, toAppError } from '@quarterdeck/contract';
import { actId } from './act-id.ts';
import type { Ledger } from './ledger.ts';

/** What is known of an act before anybody says what it is. */
export type Acting = Pick<ActIntent, 'actor' | 'via' | 'cluster' | 'requestId'> & Partial<Pick<ActIntent, 'approval'>>;

export interface ActLogOptions {
  /** Epoch milliseconds. */
  now(): number;
  /** Told when an act that is done could not be written down as done; that is tried again as long as the process lives. */
  onLate(error: AppError, result: ActResult): void;
}

/** A database server that restarts is back within these. Milliseconds. */
const pauses = [100, 300, 1_000, 2_000, 3_000];

/** Where the acts of somebody on a cluster are written down. */
export function actLog(ledger: Ledger, acting: Acting, { now, onLate }: ActLogOptions): ActLog {
  return {
    async begin({ undo = null, ...draft }) {
      const begun = now();
      const act = actId(begun);
      await ledger.append({ phase: 'intent', act, at: new Date(begun).toISOString(), approval: null, ...acting, ...draft, undo });
      return {
        id: act,
        async end({ outcome, error = null, diff = null, undo: known = null, detail = {} }) {
          const result: ActResult = { phase: 'result', act, at: new Date(now()).toISOString(), outcome, error, diff, undo: known, detail };
          const failure = await appendPatiently(ledger, result);
          if (failure === null) return;
          ledger.appendLater(result);
          onLate(failure, result);
          throw new AppError('STORAGE_UNAVAILABLE', `What came of it (${outcome}) could not be written down: ${failure.message}`, {
            hint: `Look at the cluster before you do it again. ${failure.hint ?? ''}`.trim(),
            details: { act, outcome, ...failure.details },
            cause: failure,
          });
        },
      };
    },
  };
}

/** Null once it is stored; what keeps it from that after all tries. */
async function appendPatiently(ledger: Ledger, result: ActResult): Promise<AppError | null> {
  for (const pause of [...pauses, null]) {
    try {
      await ledger.append(result);
      return null;
    } catch (thrown) {
      if (pause === null) return toAppError(thrown);
      await delay(pause);
      // A connection that broke while it committed leaves open whether it did.
      if (await ledger.has(result).catch(() => false)) return null;
    }
  }
  return null;
}
