import * as z from 'zod';
import { askedErrorSchema } from '../assistant/turn-event.ts';
import { planSchema } from './plan.ts';

/** Who made a plan. `played`: CODEX_MOCK_MODE is on, a model's part was played. */
export const planSourceSchema = z.discriminatedUnion('by', [
  /** `refused`: why a model that was asked did not make it; null where none was. */
  z.object({ by: z.literal('engine'), refused: z.string().nullable() }),
  z.object({ by: z.literal('model'), model: z.string() }),
  z.object({ by: z.literal('played') }),
]);
export type PlanSource = z.infer<typeof planSourceSchema>;

/** A plan, whose it is, and the engine's own for the same words, so that one sees what differs. */
export const draftedPlanSchema = z.object({ plan: planSchema, source: planSourceSchema, offline: planSchema });
export type DraftedPlan = z.infer<typeof draftedPlanSchema>;

/** What is being done until there is a plan. `correcting`: a model is asked for an answer of the agreed form once more. */
export const planDoings = ['reading', 'asking', 'correcting', 'judging'] as const;
export type PlanDoing = (typeof planDoings)[number];

/** What happens while a plan is made; `planned` or `failed` is the last. */
export const planFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('doing'), doing: z.enum(planDoings), model: z.string().nullable() }),
  z.object({ type: z.literal('planned'), drafted: draftedPlanSchema }),
  z.object({ type: z.literal('failed'), error: askedErrorSchema }),
]);
export type PlanFrame = z.infer<typeof planFrameSchema>;
