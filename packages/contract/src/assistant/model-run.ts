import * as z from 'zod';
import { sectionAccountSchema } from './context-account.ts';
import { ratingSchema } from './conversation.ts';
import { answerStateSchema, askedErrorSchema, tokenUsageSchema } from './turn-event.ts';

/** One request to a model, as it left: redacted, with aliases in place of names. */
export const sentRequestSchema = z.object({
  provider: z.string(),
  model: z.string(),
  instructions: z.array(z.string()),
  messages: z.array(z.record(z.string(), z.unknown())),
  tools: z.array(z.string()),
});
export type SentRequest = z.infer<typeof sentRequestSchema>;

export const runToolSchema = z.object({ name: z.string(), input: z.unknown(), failed: z.boolean(), tookMs: z.number(), characters: z.number().int() });

export const runPurposes = ['chat', 'plan', 'manifest', 'prefetch', 'replay'] as const;

/** What was asked of models to answer one question, or to draft one plan or manifest. */
export const modelRunSchema = z.object({
  id: z.string(),
  purpose: z.enum(runPurposes),
  user: z.string(),
  organisation: z.string().nullable(),
  cluster: z.string().nullable(),
  conversation: z.string().nullable(),
  message: z.string().nullable(),
  at: z.string(),
  /** Id and version of the prompt: `troubleshoot@3`. */
  prompt: z.string(),
  /** The last model that answered: `anthropic/claude-sonnet-5`; null where none did. */
  model: z.string().nullable(),
  requests: z.array(sentRequestSchema),
  /** What became of what was known before it was asked; empty where nothing was gathered, or the answer was repeated. */
  context: z.array(sectionAccountSchema).default([]),
  /** Of each request, with aliases as the model wrote them. */
  answers: z.array(z.string()),
  tools: z.array(runToolSchema),
  usage: tokenUsageSchema,
  /** US dollars; null: the price is unknown. */
  cost: z.number().nullable(),
  /** Until the first text, and until the end. Milliseconds. */
  firstTextMs: z.number().nullable(),
  tookMs: z.number(),
  retries: z.number().int().nonnegative(),
  state: answerStateSchema,
  error: askedErrorSchema.nullable(),
  cached: z.boolean(),
  rating: ratingSchema.nullable(),
  /** The run whose last request was sent once more, to another model; null for every other run. */
  replayOf: z.string().nullable().default(null),
});
export type ModelRun = z.infer<typeof modelRunSchema>;

/** Every filter narrows; left out, it does not. */
export const runFilterSchema = z.object({
  /** Whose, among those that may be seen. */
  person: z.string().max(200).optional(),
  /** `provider/model`, or a part of it. */
  model: z.string().max(300).optional(),
  state: answerStateSchema.optional(),
  purpose: z.enum(runPurposes).optional(),
  /** A prompt that it used, without its version: `troubleshoot`. */
  prompt: z.string().max(50).optional(),
  /** The name of a tool that was called. */
  tool: z.string().max(100).optional(),
  /** Words in what was sent or answered. */
  text: z.string().max(200).optional(),
  /** ISO 8601. */
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});
export type RunFilter = z.infer<typeof runFilterSchema>;

/** A run in a list. */
export const runSummarySchema = modelRunSchema.omit({ requests: true, context: true, answers: true, tools: true });
export type RunSummary = z.infer<typeof runSummarySchema>;

export const runPageSchema = z.object({ runs: z.array(runSummarySchema), next: z.string().nullable() });
export type RunPage = z.infer<typeof runPageSchema>;

/** What was used since a moment, by one person or by all. */
export const usageTotalsSchema = z.object({
  runs: z.number().int(),
  tokens: z.number().int(),
  cost: z.number(),
  /** Runs of models without a known price. */
  unpriced: z.number().int(),
});
export type UsageTotals = z.infer<typeof usageTotalsSchema>;

const quantiles = z.object({ p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable() });

export const usageReportSchema = z.object({
  /** ISO 8601: what is counted begins here. */
  since: z.string(),
  runs: z.number().int(),
  /** Milliseconds. */
  latency: quantiles,
  firstText: quantiles,
  /** From 0 to 1; null where nothing is there to be counted. */
  cacheHitRate: z.number().nullable(),
  errorRate: z.number().nullable(),
  retryRate: z.number().nullable(),
  /** Of the rated answers those that were found good. */
  satisfaction: z.number().nullable(),
  tokens: tokenUsageSchema,
  /** US dollars. */
  cost: z.number(),
  /** Runs of models without a known price: they are not in `cost`. */
  unpriced: z.number().int(),
  byUser: z.array(usageTotalsSchema.extend({ user: z.string() })),
  byDay: z.array(usageTotalsSchema.extend({ day: z.string() })),
  byModel: z.array(usageTotalsSchema.extend({ model: z.string() })),
  /** What is left of the limits for who asks; null: no limit. */
  limits: z.object({
    messagesLeftThisHour: z.number().int().nullable(),
    costLeftToday: z.number().nullable(),
    costLeftThisMonth: z.number().nullable(),
    /** Limits of which four fifths are used, in words. */
    alerts: z.array(z.string()),
  }),
});
export type UsageReport = z.infer<typeof usageReportSchema>;
