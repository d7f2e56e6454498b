import * as z from 'zod';
import { pastChangeSchema } from '../issues/timeline.ts';

/** What there is of one resource, in cores, bytes or pieces. */
const shareSchema = z.object({
  allocatable: z.number(),
  /** What pods on the nodes ask for; null where pods could not be read. */
  requested: z.number().nullable(),
});

/** What the nodes offer and what is asked of them, at the last check. */
export const capacitySchema = z.object({
  /** Null where nodes could not be read: then nothing is known of what they offer. */
  nodes: z.object({ total: z.number().int(), ready: z.number().int(), cordoned: z.number().int() }).nullable(),
  /** Of all namespaces that could be read; null where none could. */
  pods: z.object({ total: z.number().int(), running: z.number().int(), pending: z.number().int(), failed: z.number().int() }).nullable(),
  cpu: shareSchema.nullable(),
  memory: shareSchema.nullable(),
  podSlots: shareSchema.nullable(),
});
export type Capacity = z.infer<typeof capacitySchema>;

/** Who changed what lately, as far as the objects that are there tell. */
export const recentChangesSchema = z.object({
  /** ISO 8601. */
  since: z.string(),
  /** The newest first. */
  changes: z.array(pastChangeSchema),
  /** How many there are. */
  total: z.number().int().nonnegative(),
});
export type RecentChanges = z.infer<typeof recentChangesSchema>;
