import { type Action, AppError, type Change, refLabel, type StepDraft } from '@quarterdeck/contract';
import { isSecret } from '../change/diff/secret-mask.ts';
import type { KeptSteps } from './action-store.ts';

/** The steps of an action as drafts, to be previewed once more: with all that they sent, as far as that is kept. `now` is epoch milliseconds. */
export function repeatedSteps({ steps }: Pick<Action, 'steps'>, { prepared }: KeptSteps, now: number): StepDraft[] {
  return steps.map(({ stepId, description, change: shown, until, timeoutSeconds }): StepDraft => {
    const change = prepared.find((step) => step.stepId === stepId)?.change ?? readable(shown);
    return { description, change: anew(change, now), timeoutSeconds, ...(until.length === 0 ? {} : { until }) };
  });
}

/** Of a step that was refused nothing is kept but what was shown: of a Secret that is not what was to be sent. */
function readable(change: Change): Change {
  if (!isSecret(change.target)) return change;
  throw new AppError('CONFLICT', `The values for ${refLabel(change.target)} are not kept.`, { hint: 'Propose it anew.' });
}

/** A restart is told from the one before by its time. */
function anew(change: Change, now: number): Change {
  return change.verb === 'restart' ? { ...change, at: new Date(now).toISOString() } : change;
}
