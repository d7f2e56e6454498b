import * as z from 'zod';
import { actApprovalSchema } from '../audit/act.ts';
import { objectRefSchema } from '../objects/object-ref.ts';
import { type Action, actionSchema, actionStates, finalActionStates } from './action.ts';

/** How an action stands, without its previews: what a list of them needs. */
export const actionSummarySchema = z.object({
  id: z.string(),
  cluster: z.string(),
  title: z.string(),
  issue: z.string().nullable(),
  state: z.enum(actionStates),
  reason: z.string().nullable(),
  proposedBy: actionSchema.shape.proposedBy,
  /** ISO 8601. */
  createdAt: z.string(),
  approval: actApprovalSchema.nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  undoes: z.string().nullable(),
  undoneBy: z.string().nullable(),
  /** What its first step changes. */
  target: objectRefSchema.nullable(),
  steps: z.object({ all: z.number().int().nonnegative(), done: z.number().int().nonnegative() }),
  /** Whether it is over and something of it can be taken back. */
  undoable: z.boolean(),
});
export type ActionSummary = z.infer<typeof actionSummarySchema>;

/** Whether it is over and something of it can be taken back. */
export function canBeUndone({ state, undoneBy, steps }: Pick<Action, 'state' | 'undoneBy' | 'steps'>): boolean {
  return finalActionStates.has(state) && undoneBy === null && steps.some(({ run }) => run.undo !== null && run.undo.change !== null);
}

export function summaryOf(action: Action): ActionSummary {
  const { id, cluster, title, issue, state, reason, proposedBy, createdAt, approval, startedAt, endedAt, undoes, undoneBy, steps } = action;
  const done = steps.filter(({ run }) => run.state === 'done').length;
  return {
    ...{ id, cluster, title, issue, state, reason, proposedBy, createdAt, approval, startedAt, endedAt, undoes, undoneBy },
    target: steps[0]?.change.target ?? null,
    steps: { all: steps.length, done },
    undoable: canBeUndone(action),
  };
}
