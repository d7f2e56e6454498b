import * as z from 'zod';
import { issueSchema, severitySchema } from './issue.ts';
import { issueTransitionSchema } from './timeline.ts';

/** The life of one issue of one cluster, over restarts of the workbench. */
export const issueRecordSchema = z.object({
  cluster: z.string(),
  /** As it was seen last. */
  issue: issueSchema,
  firstSeenAt: z.string(),
  /** Since when it is open, or was before it was resolved. */
  openedAt: z.string(),
  /** Null while it is open. */
  resolvedAt: z.string().nullable(),
  recurrences: z.number().int().nonnegative(),
  /** How bad it was when somebody put it aside; null where nobody did. */
  dismissedAs: severitySchema.nullable(),
  transitions: z.array(issueTransitionSchema),
});
export type IssueRecord = z.infer<typeof issueRecordSchema>;

/** The file of the state directory that keeps them. */
export const issueHistoryFile = 'incident-history.json';
export const issueHistorySchema = z.object({ version: z.literal(1), records: z.array(issueRecordSchema) });
