import * as z from 'zod';
import { errorBodySchema } from '../errors/app-error.ts';
import { objectRefSchema } from '../objects/object-ref.ts';

/** Named as kubectl's flags, with kubectl's defaults. */
export const drainOptionsSchema = z.object({
  ignoreDaemonSets: z.boolean().default(false),
  deleteEmptyDirData: z.boolean().default(false),
  /** Also pods that nothing will make anew. */
  force: z.boolean().default(false),
  /** Left out: each pod's own. */
  gracePeriodSeconds: z.number().int().nonnegative().optional(),
  /** 0: as long as it takes. */
  timeoutSeconds: z.number().int().nonnegative().default(0),
  /** Only pods with these labels. */
  podSelector: z.string().max(1000).optional(),
});
export type DrainOptions = z.infer<typeof drainOptionsSchema>;

const pod = objectRefSchema;

export const drainPlanSchema = z.object({
  node: z.string(),
  /** Whether the node takes no new pods already. */
  cordoned: z.boolean(),
  evict: z.array(z.object({ pod, uid: z.string(), owner: z.string().nullable(), notes: z.array(z.string()) })),
  skip: z.array(z.object({ pod, reason: z.enum(['daemonSet', 'mirror']), note: z.string() })),
  /** What must be decided before the drain may start; with any of these it is refused. */
  refused: z.array(z.object({ pod, reason: z.enum(['daemonSet', 'localData', 'unmanaged']), note: z.string() })),
  /** Budgets over the pods to evict. */
  budgets: z.array(
    z.object({
      budget: objectRefSchema,
      pods: z.array(pod),
      disruptionsAllowed: z.number().int(),
      currentHealthy: z.number().int(),
      desiredHealthy: z.number().int(),
      blocks: z.boolean(),
      note: z.string(),
    }),
  ),
});
export type DrainPlan = z.infer<typeof drainPlanSchema>;

/** One line of the stream of a drain, in the order that things happen. The last one is `done`, `cancelled` or `failed`. */
export const drainEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('cordoned'), node: z.string(), already: z.boolean() }),
  z.object({ type: z.literal('skipped'), pod, note: z.string() }),
  z.object({ type: z.literal('evicting'), pod }),
  z.object({ type: z.literal('blocked'), pod, message: z.string() }),
  z.object({ type: z.literal('evicted'), pod }),
  z.object({ type: z.literal('gone'), pod }),
  z.object({ type: z.literal('podFailed'), pod, error: errorBodySchema.omit({ requestId: true }) }),
  z.object({ type: z.literal('done'), node: z.string(), evicted: z.number().int() }),
  z.object({ type: z.literal('cancelled'), node: z.string(), message: z.string(), left: z.array(pod) }),
  z.object({ type: z.literal('failed'), node: z.string(), message: z.string(), left: z.array(pod) }),
]);
export type DrainEvent = z.infer<typeof drainEventSchema>;
