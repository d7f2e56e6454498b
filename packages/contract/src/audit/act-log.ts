import type { ActAction, ActIntent, ActResult } from './act.ts';

/** What whoever acts has to say beforehand; who, by which way and on which cluster is known to the log. */
export type ActDraft = Pick<ActIntent, 'target' | 'input' | 'kubectl'> & { action: ActAction; undo?: ActIntent['undo'] };

/** What there is to say afterwards. */
export type ActEnd = Pick<ActResult, 'outcome'> & Partial<Pick<ActResult, 'error' | 'diff' | 'undo' | 'detail'>>;

/** An act that was written down and may be done now. */
export interface OpenAct {
  readonly id: string;
  /**
   * Writes down how it ended. Throws STORAGE_UNAVAILABLE where that can't be stored: it is done, and must not be told as done
   * in a way that nobody can look up.
   */
  end(end: ActEnd): Promise<void>;
}

/** Where one actor's acts on one cluster are written down. */
export interface ActLog {
  /** Resolves when the intent is on disk. Throws STORAGE_UNAVAILABLE where it can't be stored: then it must not be done. */
  begin(draft: ActDraft): Promise<OpenAct>;
}
