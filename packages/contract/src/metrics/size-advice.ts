import * as z from 'zod';
import { stepDraftSchema } from '../actions/action.ts';
import { amountsSchema } from './metrics.ts';

/** The kinds whose pods have a size to choose. */
export const sizedKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
export type SizedKind = (typeof sizedKinds)[number];

const measured = z.object({
  state: z.literal('measured'),
  /** By what was used over the days before, or by what is used now, which says nothing of its peaks. */
  known: z.enum(['history', 'present']),
  /** Days that were looked back. */
  days: z.number(),
  /** How many values of each were seen. */
  samples: z.object({ cpu: z.number().int(), memory: z.number().int() }),
  /** Of one pod: nearly the most of CPU, the most of memory. Cores and bytes. */
  peak: z.object({ cpu: z.number(), memory: z.number() }),
  containers: z.array(z.string()),
  now: z.object({ requests: amountsSchema, limits: amountsSchema, replicas: z.number().int() }),
  advised: z.object({ requests: amountsSchema, limits: amountsSchema, replicas: z.number().int() }),
  /** What else was seen, in sentences. */
  remarks: z.array(z.string()),
  /** What all replicas would ask for less (or, negative, more); null where nothing is asked for now. */
  freed: amountsSchema,
  /** What it costs now and then, in sentences; or how prices are set. */
  cost: z.string(),
  /** The change, to be previewed; empty where there is none to make or a person has to divide it among containers. */
  steps: z.array(stepDraftSchema),
});

/** Requests, limits and replicas that follow from what a workload uses; or why that is not known. */
export const sizeAdviceSchema = z.discriminatedUnion('state', [
  measured,
  z.object({ state: z.literal('unmeasured'), reason: z.string(), remedy: z.string().nullable() }),
]);
export type WorkloadSizeAdvice = z.infer<typeof sizeAdviceSchema>;
export type MeasuredSizeAdvice = z.infer<typeof measured>;
