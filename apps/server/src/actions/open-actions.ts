import { ActionDesk, type ChangeAccess, recoverActions, systemWatchClock } from '@quarterdeck/cluster';
import { toAppError } from '@quarterdeck/contract';
import { actId, actionRecovery, type Ledger, type SecretStore, StoredActions } from '@quarterdeck/storage';
import type { Logger } from 'pino';

export interface ActionsOptions {
  ledger: Ledger;
  /** Opened when it is needed for the first time. */
  secrets(): Promise<SecretStore>;
  /** For looking at what nobody carries out any more; nothing is changed through it. */
  access(cluster: string): Promise<ChangeAccess>;
  log: Logger;
}

/** Previews, approvals and runs of this workbench. */
export interface OpenActions {
  desk: ActionDesk;
  /** Looks after what others left unfinished, now and from time to time. */
  lookAfter(): void;
  /** Gives up what runs, and waits until that is written down. */
  close(): Promise<void>;
}

/** Milliseconds. Whoever is not heard of for a while has gone: see the lease of a run. */
const lookEvery = 15_000;
const pruneEvery = 3_600_000;

export function openActions({ ledger, secrets, access, log }: ActionsOptions): OpenActions {
  const store = new StoredActions(ledger.db, secrets, Date.now);
  const fault = (error: unknown) => log.error({ err: toAppError(error) }, 'How an action stands could not be kept.');
  const desk = new ActionDesk({ store, clock: systemWatchClock, newId: () => actId(Date.now()), onFault: fault });
  const ending = new AbortController();
  const recover = async () => {
    const count = await recoverActions({ store, now: Date.now, access, ...actionRecovery(ledger, Date.now) }, ending.signal);
    if (count > 0) log.warn({ count }, 'Actions were cut off; how far they came was looked up.');
  };
  const timers: NodeJS.Timeout[] = [];
  return {
    desk,
    lookAfter() {
      const look = () => void recover().catch((error: unknown) => ending.signal.aborted || fault(error));
      look();
      timers.push(setInterval(look, lookEvery).unref(), setInterval(() => void store.prune().catch(fault), pruneEvery).unref());
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      ending.abort();
      await desk.close();
    },
  };
}
