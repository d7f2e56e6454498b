import type { Plan, PlanStep } from '@quarterdeck/contract';

/** How a step stands to the engine's own plan. */
export type StepDifference = { is: 'same' } | { is: 'added' } | { is: 'changed'; before: PlanStep };

export interface PlanDifferences {
  /** By the id of each step of the plan. */
  steps: ReadonlyMap<string, StepDifference>;
  /** Steps of the engine's plan that are not in it. */
  removed: readonly PlanStep[];
}

/** Pure. What a plan adds to the engine's, changes of it and leaves out; other words for the same are no difference. */
export function planDifferences(plan: Plan, offline: Plan): PlanDifferences {
  const left = [...offline.quickFix.steps];
  const take = (fits: (step: PlanStep) => boolean): PlanStep | undefined => {
    const index = left.findIndex(fits);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const steps = new Map<string, StepDifference>();
  const { steps: all } = plan.quickFix;
  // What is equal is found first, so that nothing like it takes its place.
  for (const step of all) {
    const equal = take((other) => keyOf(other) === keyOf(step));
    if (equal !== undefined) steps.set(step.stepId, isSame(step, equal) ? { is: 'same' } : { is: 'changed', before: equal });
  }
  for (const step of all.filter(({ stepId }) => !steps.has(stepId))) {
    const before = aimOf(step) === null ? undefined : take((other) => aimOf(other) === aimOf(step));
    steps.set(step.stepId, before === undefined ? { is: 'added' } : { is: 'changed', before });
  }
  return { steps, removed: left };
}

/** What a step does; without a command, what it says. */
function keyOf({ kubectl, description }: PlanStep): string {
  return kubectl === null ? description : words(kubectl);
}

function isSame(a: PlanStep, b: PlanStep): boolean {
  return words(a.rollback ?? '') === words(b.rollback ?? '') && words(a.validation) === words(b.validation) && a.impact === b.impact;
}

/** The verb and the object of a command: what changes the same in another way is a change of that step. */
function aimOf({ kubectl }: PlanStep): string | null {
  if (kubectl === null) return null;
  const [, verb = '', ...rest] = words(kubectl).split(' ');
  const object =
    rest.find((word) => word.includes('/')) ??
    rest
      .filter((word) => !word.startsWith('-'))
      .slice(0, 2)
      .join(' ');
  return `${verb} ${object}`;
}

function words(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
