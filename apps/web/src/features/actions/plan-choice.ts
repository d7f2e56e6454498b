import type { Plan, PlanStep } from '@quarterdeck/contract';

/** Steps that change something by a command: those that only look, or that a person does, are none to carry out. */
export function carriedOut({ quickFix }: Plan): PlanStep[] {
  return quickFix.steps.filter(({ kubectl, impact }) => kubectl !== null && impact !== 'none');
}

/** The steps to ask a preview for: those that are left when `without` is taken out, in the order of the plan. */
export function chosenSteps(plan: Plan, without: ReadonlySet<string>): string[] {
  return carriedOut(plan)
    .map(({ stepId }) => stepId)
    .filter((id) => !without.has(id));
}
