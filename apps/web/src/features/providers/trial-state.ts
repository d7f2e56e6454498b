import type { ModelTrialResult, TrialEvent } from '@quarterdeck/contract';

export interface TriedModel {
  model: string;
  /** Tasks that it was asked. */
  done: number;
  /** Zero before it is known. */
  of: number;
  /** Null until it was tried to the end. */
  result: ModelTrialResult | null;
}

export function noTrial(models: readonly string[]): readonly TriedModel[] {
  return models.map((model) => ({ model, done: 0, of: 0, result: null }));
}

/** How far the models are after something happened. */
export function trialWith(before: readonly TriedModel[], event: TrialEvent): readonly TriedModel[] {
  const name = event.type === 'task' ? event.model : event.trial.model;
  return before.map((each) => {
    if (each.model !== name) return each;
    return event.type === 'task' ? { ...each, done: each.done + 1, of: event.of } : { ...each, result: event.trial };
  });
}
