import * as z from 'zod';
import { changePreviewSchema } from '../changes/change-preview.ts';

/** What a person is shown of a change that a model proposes. All but `reason` is worked out from the request itself; nothing of it was done. */
export const proposalSchema = z.object({
  /** What the request does, in a sentence that no model wrote. */
  summary: z.string(),
  kubectl: z.string(),
  preview: changePreviewSchema,
  /** The model's own words for why. Not to be trusted: what counts is the preview. */
  reason: z.string(),
});
export type Proposal = z.infer<typeof proposalSchema>;
