import * as z from 'zod';
import { adviceCheckSchema, adviceReportSchema } from '../advice/advice.ts';
import { sizeAdviceSchema, sizedKinds } from '../metrics/size-advice.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

export const adviceRoutes = {
  listAdvice: defineRoute({
    id: 'listAdvice',
    method: 'GET',
    path: '/api/advice',
    permission: 'issue.read',
    effect: 'read',
    summary: 'What could be better although nothing is broken, grouped by check and workload.',
    input: z.object({
      ...ofCluster,
      namespace: z.string().optional(),
      /** Only what this check says. */
      check: z.string().max(100).optional(),
      /** The policy pack as well: rules that a company may have. */
      policy: z.enum(['false', 'true']).default('false'),
    }),
    output: adviceReportSchema,
  }),
  getSizeAdvice: defineRoute({
    id: 'getSizeAdvice',
    method: 'GET',
    path: '/api/advice/size',
    permission: 'metric.read',
    effect: 'read',
    summary: 'Requests, limits and replicas that follow from what a workload uses, with the change that sets them; or why that is not known.',
    input: z.object({ ...ofCluster, kind: z.enum(sizedKinds), namespace: z.string().min(1).max(63), name: z.string().min(1).max(253) }),
    output: sizeAdviceSchema,
  }),
  listAdviceChecks: defineRoute({
    id: 'listAdviceChecks',
    method: 'GET',
    path: '/api/advice/checks',
    permission: 'issue.read',
    effect: 'read',
    summary: 'The checks that give advice: why each matters, what to do, and what it leaves alone.',
    input: z.object({}),
    output: z.array(adviceCheckSchema),
  }),
} as const;
