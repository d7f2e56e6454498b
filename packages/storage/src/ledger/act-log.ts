import { randomUUID } from 'node:crypto';
import { type ActIntent, type ActLog, type ActResult, type AppError, toAppError } from '@quarterdeck/contract';
import type { Ledger } from './ledger.ts';

/** What is known of an act before anybody says what it is. */
export type Acting = Pick<ActIntent, 'actor' | 'via' | 'cluster' | 'requestId'> & Partial<Pick<ActIntent, 'approval'>>;

export interface ActLogOptions {
  /** Epoch milliseconds. */
  now(): number;
  /** Told when an act that is done could not be written down as done; it is tried again with the next row. */
  onLate(error: AppError, result: ActResult): void;
}

/** Where the acts of somebody on a cluster are written down. */
export function actLog(ledger: Ledger, acting: Acting, { now, onLate }: ActLogOptions): ActLog {
  const time = () => new Date(now()).toISOString();
  return {
    async begin({ undo = null, ...draft }) {
      const act = randomUUID();
      await ledger.append({ phase: 'intent', act, at: time(), approval: null, ...acting, ...draft, undo });
      return {
        id: act,
        async end({ outcome, error = null, diff = null, undo: known = null, detail = {} }) {
          const result: ActResult = { phase: 'result', act, at: time(), outcome, error, diff, undo: known, detail };
          try {
            await ledger.append(result);
          } catch (thrown) {
            ledger.appendLater(result);
            onLate(toAppError(thrown), result);
          }
        },
      };
    },
  };
}
