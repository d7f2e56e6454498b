import * as z from 'zod';
import { objectRefSchema } from '../objects/object-ref.ts';

/** Events of one reason and one wording on one object, told as one. */
export const eventGroupSchema = z.object({
  /** The same for the same group as long as it lasts. */
  id: z.string(),
  type: z.string(),
  reason: z.string(),
  object: objectRefSchema,
  /** Of the pod that it is about; left out where it is about the whole object. */
  container: z.string().optional(),
  /** The latest wording. */
  message: z.string(),
  /** All occurrences of all its events. */
  count: z.number().int().positive(),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  /** Who told it: `kubelet`, `default-scheduler`; empty where it did not say. */
  source: z.string(),
});
export type EventGroup = z.infer<typeof eventGroupSchema>;

/** Which events, and how many groups at most. */
export const eventFilterShape = {
  namespace: z.string().optional(),
  eventType: z.enum(['Warning', 'Normal']).optional(),
  /** Words that must all occur in reason, object or message. */
  search: z.string().max(200).default(''),
  /** Kinds and names of the objects it is about, with commas between: `Pod/web-1,ReplicaSet/web`. */
  about: z.string().max(20_000).default(''),
  limit: z.coerce.number().int().positive().max(1000).default(200),
};

export const eventListSchema = z.object({
  /** The latest first. */
  groups: z.array(eventGroupSchema),
  /** How many groups there are, and how many events they stand for. */
  total: z.number().int().nonnegative(),
  events: z.number().int().nonnegative(),
});
export type EventList = z.infer<typeof eventListSchema>;
