import * as z from 'zod';
import { planRequestSchema, planSchema } from '../plans/plan.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

export const planRoutes = {
  createPlan: defineRoute({
    id: 'createPlan',
    method: 'POST',
    path: '/api/plans/codex',
    permission: 'plan.create',
    effect: 'read',
    summary: 'A plan for an issue as strict JSON. Nothing is executed.',
    input: z.object({ ...ofCluster, ...planRequestSchema.shape }),
    output: planSchema,
  }),
} as const;
