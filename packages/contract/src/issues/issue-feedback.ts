import * as z from 'zod';

/** What somebody said of an issue after it was over. */
export const issueFeedbackSchema = z.object({
  /** The name under which the history of the issue is kept. */
  cluster: z.string(),
  issueId: z.string(),
  /** Whether the cause that was named was the right one. */
  rating: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
  /** What helped, in their own words. */
  note: z.string().max(4000),
  at: z.iso.datetime(),
});
export type IssueFeedback = z.infer<typeof issueFeedbackSchema>;

/** The file of the state directory that keeps it, a JSON object a line. */
export const issueFeedbackFile = 'issue-feedback.jsonl';
