import * as z from 'zod';
import { objectRefSchema } from '../objects/object-ref.ts';
import { impactSchema } from '../plans/plan.ts';

/** What a change reaches beyond the object that it is made to, as things stand when it is previewed. */
export const blastRadiusSchema = z.object({
  level: impactSchema,
  /** The worst of it in one sentence. */
  note: z.string(),
  pods: z.object({
    /** `detached`: they run on, and what selected them does not any more. */
    fate: z.enum(['none', 'replaced', 'ended', 'started', 'detached']),
    count: z.number().int().nonnegative(),
    ready: z.number().int().nonnegative(),
    /** Up to twenty of them. */
    some: z.array(objectRefSchema),
  }),
  /** Budgets over these pods. A rollout is not bound by them; an eviction that one blocks is refused. */
  budgets: z.array(z.object({ budget: objectRefSchema, pods: z.number().int(), disruptionsAllowed: z.number().int(), blocks: z.boolean(), note: z.string() })),
  /** Services, and Ingresses in front of them, whose endpoints become fewer, for a time or for good. */
  traffic: z.array(z.object({ object: objectRefSchema, readyNow: z.number().int(), readyAtLeast: z.number().int(), note: z.string() })),
  /** Autoscalers that would set the number of pods again. */
  autoscalers: z.array(z.object({ object: objectRefSchema, note: z.string() })),
  /** What could not be looked at, and why. */
  notSeen: z.array(z.string()),
});
export type BlastRadius = z.infer<typeof blastRadiusSchema>;
