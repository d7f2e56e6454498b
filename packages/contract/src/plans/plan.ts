import * as z from 'zod';

export const impactSchema = z.enum(['none', 'low', 'medium', 'high']);
export type Impact = z.infer<typeof impactSchema>;

export const planStepSchema = z.strictObject({
  stepId: z.string().min(1),
  description: z.string().min(1),
  kubectl: z.string().startsWith('kubectl ').nullable(),
  /** How to see that the step worked. */
  validation: z.string().min(1),
  rollback: z.string().nullable(),
  impact: impactSchema,
});
export type PlanStep = z.infer<typeof planStepSchema>;

/** A plan is strict JSON: nothing outside these fields is accepted, from a person's tool or from a model. */
export const planSchema = z.strictObject({
  quickFix: z.strictObject({
    summary: z.string().min(1),
    assumptions: z.array(z.string()),
    steps: z.array(planStepSchema),
    fallback: z.string(),
  }),
  rootCauseHypotheses: z.array(z.string()),
  evidenceToGather: z.array(z.string()),
  recommendations: z.array(z.string()),
});
export type Plan = z.infer<typeof planSchema>;

export const planHorizonSchema = z.enum(['short', 'long']);
export type PlanHorizon = z.infer<typeof planHorizonSchema>;

export const planRequestSchema = z.object({
  issueId: z.string().min(1),
  /** The person's own words about the situation: fixed phrases turn choices, the rest is kept with the plan. Never executed. */
  userContext: z.string().max(4000).default(''),
  horizon: planHorizonSchema.default('short'),
});
export type PlanRequest = z.infer<typeof planRequestSchema>;
