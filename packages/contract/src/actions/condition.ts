import * as z from 'zod';
import { objectRefSchema } from '../objects/object-ref.ts';

const target = objectRefSchema;

/** What must become true for a step, or a whole action, to count as having worked. */
export const conditionSchema = z.discriminatedUnion('type', [
  /** Of a Deployment, StatefulSet or DaemonSet, as `kubectl rollout status` says it. */
  z.strictObject({ type: z.literal('rolloutComplete'), target }),
  /** Every pod of a workload or Service is ready (or the pod itself), and there are at least so many. */
  z.strictObject({ type: z.literal('podsReady'), target, atLeast: z.number().int().nonnegative().default(1) }),
  z.strictObject({ type: z.literal('jobComplete'), target }),
  /** The Service has an endpoint that is ready. */
  z.strictObject({ type: z.literal('endpointsReady'), target }),
  z.strictObject({ type: z.literal('exists'), target }),
  z.strictObject({ type: z.literal('gone'), target }),
  /** The diagnosis does not see the issue any more. */
  z.strictObject({ type: z.literal('issueGone'), issue: z.string().min(1) }),
]);
export type Condition = z.infer<typeof conditionSchema>;
export type ConditionOf<T extends Condition['type']> = Extract<Condition, { type: T }>;

/** How it stands with a condition. `failed`: it can't become true any more; `timedOut`: it did not in the time that was given. */
export const conditionStateSchema = z.object({
  condition: conditionSchema,
  state: z.enum(['waiting', 'met', 'failed', 'timedOut']),
  /** What was seen last, for people. */
  message: z.string(),
});
export type ConditionState = z.infer<typeof conditionStateSchema>;
