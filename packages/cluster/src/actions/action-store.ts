import type { Action, ActionPage, ActionState, ActUndo } from '@quarterdeck/contract';
import type { PreparedStep } from './prepared-step.ts';

/** What an action needs to be carried out and taken back. It may hold secrets: it is kept sealed and shown to nobody. */
export interface KeptSteps {
  prepared: readonly PreparedStep[];
  /** By step, of those that were made. */
  undos: Readonly<Record<string, ActUndo>>;
}

export interface ActionFilter {
  cluster?: string | undefined;
  issue?: string | undefined;
  state?: ActionState | undefined;
}

/** Where actions are kept. Every call throws STORAGE_UNAVAILABLE where that can't be done. */
export interface ActionStore {
  /** Creates or replaces it. `heldUntil`: epoch milliseconds up to which somebody carries it out; null where nobody does. */
  put(action: Action, heldUntil: number | null): Promise<void>;
  get(id: string): Promise<Action | null>;
  /** Newest first. */
  list(filter: ActionFilter, page: { limit: number; before?: string | undefined }): Promise<ActionPage>;
  keep(id: string, steps: KeptSteps): Promise<void>;
  /** Null where nothing is kept any more. */
  kept(id: string): Promise<KeptSteps | null>;
  /** True for the one who came first: an approval is used once, whoever asks at the same time. */
  approve(id: string, approval: { hash: string; by: string; at: number }): Promise<boolean>;
  /** Those that somebody began to carry out, and of whom nothing was heard since. */
  abandoned(now: number): Promise<Action[]>;
}
