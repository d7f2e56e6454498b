import * as z from 'zod';
import { adviceCheckSchema, adviceReportSchema } from '../advice/advice.ts';
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
