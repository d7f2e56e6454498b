import type { ActionDraft } from '@quarterdeck/contract';

/** So many steps an action has at most: more than that nobody reads before they approve it. */
export const mostSteps = 50;

/** A draft of more steps than one action may have, in parts that each are one. */
export function draftParts(draft: ActionDraft): ActionDraft[] {
  const { steps } = draft;
  if (steps === undefined || steps.length <= mostSteps) return [draft];
  const parts = Math.ceil(steps.length / mostSteps);
  return Array.from({ length: parts }, (_, part) => ({ ...draft, steps: steps.slice(part * mostSteps, (part + 1) * mostSteps) }));
}
