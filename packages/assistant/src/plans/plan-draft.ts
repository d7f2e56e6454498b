import { planSchema, planStepSchema } from '@quarterdeck/contract';
import * as z from 'zod';

const cited = z.array(z.string()).describe('Ids of evidence: E1, E2 …');

/** A plan as a model drafts it: the same form, and for each step the evidence that it rests on. */
export const planDraftSchema = planSchema.extend({
  quickFix: planSchema.shape.quickFix.extend({ steps: z.array(planStepSchema.extend({ evidence: cited })) }),
});
export type PlanDraft = z.infer<typeof planDraftSchema>;

/** The JSON of an answer, also where a model put it into a block of code. Null where there is none. */
export function jsonIn(text: string): unknown {
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n```/.exec(text)?.[1];
  const from = text.indexOf('{');
  for (const candidate of [text, fenced, from < 0 ? undefined : text.slice(from, text.lastIndexOf('}') + 1)]) {
    const value = candidate === undefined ? undefined : parsed(candidate);
    if (typeof value === 'object' && value !== null) return value;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
