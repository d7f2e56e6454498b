import * as z from 'zod';
import { planFrameSchema } from '../plans/drafted-plan.ts';
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
  draftPlan: defineRoute({
    id: 'draftPlan',
    method: 'POST',
    path: '/api/plans',
    permission: 'plan.create',
    effect: 'read',
    summary: "A plan for an issue with who made it and the engine's own beside it, a JSON frame a line; what is being done until then. Nothing is executed.",
    /** `model`: one is asked where there is one that may be; else the engine answers at once. */
    input: z.object({ ...ofCluster, ...planRequestSchema.shape, model: z.boolean().default(false) }),
    output: planFrameSchema,
    streams: 'application/x-ndjson',
  }),
} as const;
