import * as z from 'zod';
import { dangerSchema } from '../access/danger.ts';
import { actionSchema } from '../actions/action.ts';
import { changePreviewSchema } from '../changes/change-preview.ts';

/** The action that a proposal became. How it stands, and all that it would do, is read by its id; its hash is what a person approves. */
export const proposedActionSchema = actionSchema.pick({ id: true, cluster: true, title: true, hash: true, expiresAt: true, obstacles: true }).extend({
  /** The worst of its steps. */
  danger: dangerSchema,
});
export type ProposedAction = z.infer<typeof proposedActionSchema>;

/** What a person is shown of what a model proposes. All but `reason` is worked out from the requests themselves; nothing of it was done. */
export const proposalSchema = z.object({
  /** What the requests do, in sentences that no model wrote. */
  summary: z.string(),
  /** A command a line. */
  kubectl: z.string(),
  /** Null where nothing keeps actions (a terminal): `preview` is then all there is. */
  action: proposedActionSchema.nullable().default(null),
  /** Null where it is an action, which has one for every step. */
  preview: changePreviewSchema.nullable(),
  /** The model's own words for why. Not to be trusted: what counts is the preview. */
  reason: z.string(),
});
export type Proposal = z.infer<typeof proposalSchema>;
