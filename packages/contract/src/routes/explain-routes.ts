import * as z from 'zod';
import { explainRequestSchema, explanationSchema } from '../explain/explanation.ts';
import { defineRoute } from './route.ts';

export const explainRoutes = {
  explain: defineRoute({
    id: 'explain',
    method: 'POST',
    path: '/api/explain',
    permission: 'resource.read',
    effect: 'read',
    summary: 'What a reason, condition, exit code, check, kind or line of a log means, as the engine knows it; null where it does not.',
    input: explainRequestSchema,
    output: z.object({ explanation: explanationSchema.nullable() }),
  }),
} as const;
