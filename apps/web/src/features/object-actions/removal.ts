import type { ActionDraft, ChangeOf, ObjectRef, StepDraft } from '@quarterdeck/contract';
import type { ActionTarget } from './object-action.ts';

type Removal = ChangeOf<'delete'> | ChangeOf<'evict'>;

/** How many conditions a step may wait for. */
const mostConditions = 10;

/**
 * What takes objects away. A single one is waited for; of many the requests go out one after the other, and the last one
 * waits for the first few of all: fifty pods need not end one by one.
 */
export function removalOf(targets: readonly ActionTarget[], removal: (object: ObjectRef) => Removal): ActionDraft {
  if (targets.length === 1) return { steps: targets.map(({ object }) => ({ change: removal(object) })) };
  const gone = targets.slice(0, mostConditions).map(({ object }) => ({ type: 'gone' as const, target: object }));
  const steps = targets.map(({ object }, index): StepDraft => ({ change: removal(object), until: index === targets.length - 1 ? gone : [] }));
  return { steps };
}
