import type { Action, ActLog } from '@quarterdeck/contract';
import type { ChangeAccess } from '../change/resolve-change.ts';
import type { WatchClock } from '../watch/watch-clock.ts';
import type { ActionStore } from './action-store.ts';
import type { IssueWatch } from './await-conditions.ts';

export interface DeskDependencies {
  store: ActionStore;
  clock: WatchClock;
  newId(): string;
  /** Told what went wrong where nobody waits for it: how a run stands could not be kept. */
  onFault(error: unknown): void;
}

/** With what a run works: everything of it is that of the person who approved. */
export interface RunMeans {
  access: ChangeAccess;
  /** The ledger, with the approval on every act. */
  acts(approval: NonNullable<Action['approval']>): ActLog;
  issues: IssueWatch | null;
}
