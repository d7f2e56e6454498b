import * as z from 'zod';
import { objectRefSchema } from '../objects/object-ref.ts';

/** A field with its value before and after; null where it was not there, or where it is not known. */
export const valueChangeSchema = z.object({
  /** As people read it: `spec.template.spec.containers[app].image`. */
  path: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type ValueChange = z.infer<typeof valueChangeSchema>;

export const pastChangeSchema = z.object({
  at: z.string(),
  object: objectRefSchema,
  /** Field manager that wrote, e.g. `kubectl-client-side-apply`. */
  by: z.string(),
  what: z.string(),
  /** What it wrote, where that is known. */
  fields: z.array(valueChangeSchema),
});
export type PastChange = z.infer<typeof pastChangeSchema>;

/** Something that happened to an object of an issue: somebody changed it, an event told of it, or its state became another. */
export const timelineEntrySchema = z.object({
  /** ISO 8601; of an event the first time. */
  at: z.string(),
  source: z.enum(['change', 'event', 'state']),
  object: objectRefSchema,
  what: z.string(),
  /** The field manager of a change; null for the others. Kubernetes knows no names of people. */
  by: z.string().nullable(),
  /** How often an event was told; 1 for the others. */
  count: z.number().int().positive(),
  fields: z.array(valueChangeSchema),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const issueTransitions = ['detected', 'changed', 'resolved', 'recurred', 'dismissed', 'restored'] as const;

/** One step in the life of an issue. */
export const issueTransitionSchema = z.object({
  at: z.string(),
  state: z.enum(issueTransitions),
  what: z.string(),
});
export type IssueTransition = z.infer<typeof issueTransitionSchema>;

/** Where an issue stands. */
export const issueLifeSchema = z.object({
  /** `held`: the symptom is gone, but not long enough to call it resolved. */
  state: z.enum(['open', 'held', 'resolved']),
  /** ISO 8601: when it was seen for the first time, also when it has recurred since. */
  firstSeenAt: z.string(),
  /** When it came to its present state. */
  since: z.string(),
  /** How often it has come back after it was resolved. */
  recurrences: z.number().int().nonnegative(),
  /** Why it is still there, where that needs a word. */
  note: z.string().nullable(),
});
export type IssueLife = z.infer<typeof issueLifeSchema>;
