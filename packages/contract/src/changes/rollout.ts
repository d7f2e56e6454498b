import * as z from 'zod';
import { objectDiffSchema } from './change-preview.ts';

/** How far a rollout is, in kubectl's words. */
export const rolloutStatusSchema = z.object({
  state: z.enum(['progressing', 'done', 'failed', 'paused']),
  message: z.string(),
  /** What the cluster says keeps it; null where it says nothing. */
  reason: z.string().nullable(),
  desired: z.number().int(),
  updated: z.number().int(),
  ready: z.number().int(),
  available: z.number().int(),
});
export type RolloutStatus = z.infer<typeof rolloutStatusSchema>;

/** One revision of a Deployment, StatefulSet or DaemonSet. */
export const rolloutRevisionSchema = z.object({
  revision: z.number().int(),
  current: z.boolean(),
  /** The annotation `kubernetes.io/change-cause`. */
  changeCause: z.string().nullable(),
  /** The ReplicaSet or ControllerRevision that keeps it. */
  name: z.string(),
  createdAt: z.string().nullable(),
  images: z.array(z.object({ container: z.string(), image: z.string() })),
});
export type RolloutRevision = z.infer<typeof rolloutRevisionSchema>;

export const rolloutSchema = z.object({
  status: rolloutStatusSchema,
  /** Oldest first, as kubectl lists them. */
  revisions: z.array(rolloutRevisionSchema),
});
export type Rollout = z.infer<typeof rolloutSchema>;

export const revisionDiffSchema = z.object({ from: z.number().int(), to: z.number().int(), diff: objectDiffSchema });
export type RevisionDiff = z.infer<typeof revisionDiffSchema>;
