import * as z from 'zod';
import { errorCodes } from '../errors/codes.ts';
import { proposalSchema } from './proposal.ts';

/** How an answer ended. `cut`: the workbench stopped while it was written; `limited`: a limit of steps, time, tokens or money was met. */
export const answerStates = ['writing', 'complete', 'limited', 'stopped', 'cut', 'failed'] as const;
export const answerStateSchema = z.enum(answerStates);
export type AnswerState = z.infer<typeof answerStateSchema>;

export const tokenUsageSchema = z.object({
  input: z.number().int().nonnegative(),
  cacheRead: z.number().int().nonnegative(),
  cacheWrite: z.number().int().nonnegative(),
  output: z.number().int().nonnegative(),
  /** Whether a provider did not say, so that a part is counted by us. */
  estimated: z.boolean(),
});
export type TokenUsage = z.infer<typeof tokenUsageSchema>;

export const askedErrorSchema = z.object({ code: z.enum(errorCodes), message: z.string(), hint: z.string().nullable() });
export type AskedError = z.infer<typeof askedErrorSchema>;

/** What happens while a question is answered, as it happens. */
export const turnEventSchema = z.discriminatedUnion('type', [
  /** How the engine read the question, where it answers without a model. */
  z.object({ type: z.literal('understood'), text: z.string() }),
  /** The engine's own answer in Markdown; what a model adds comes after as `text`. */
  z.object({ type: z.literal('quick'), text: z.string() }),
  z.object({ type: z.literal('answering'), provider: z.string(), model: z.string(), local: z.boolean(), fallback: z.boolean() }),
  /** The model is asked again after so long. Milliseconds. */
  z.object({ type: z.literal('waiting'), provider: z.string(), model: z.string(), reason: z.string(), forMs: z.number() }),
  /** Markdown, piece by piece. */
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('reasoning'), text: z.string() }),
  z.object({ type: z.literal('toolStarted'), id: z.string(), tool: z.string(), title: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('toolEnded'), id: z.string(), tool: z.string(), summary: z.string(), failed: z.boolean(), tookMs: z.number() }),
  z.object({ type: z.literal('proposal'), id: z.string(), proposal: proposalSchema }),
  /** A word from the workbench about the answer: what was left out, what was repeated, what looks like an attack. */
  z.object({ type: z.literal('note'), level: z.enum(['info', 'warning']), text: z.string() }),
  z.object({
    type: z.literal('finished'),
    state: answerStateSchema.exclude(['writing']),
    /** Null where no model was asked. */
    model: z.string().nullable(),
    usage: tokenUsageSchema.nullable(),
    /** US dollars; null where the price is unknown or no model was asked. */
    cost: z.number().nullable(),
    tookMs: z.number(),
    /** Whether the answer was kept from an equal question about an unchanged cluster. */
    cached: z.boolean(),
    error: askedErrorSchema.nullable(),
  }),
]);
export type TurnEvent = z.infer<typeof turnEventSchema>;

/** An event with its place; whoever lost the stream follows from the next one. `finished` is the last. */
export const turnFrameSchema = z.object({ offset: z.number().int().nonnegative(), event: turnEventSchema });
export type TurnFrame = z.infer<typeof turnFrameSchema>;
