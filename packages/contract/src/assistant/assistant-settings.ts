import * as z from 'zod';

const money = z.number().nonnegative().max(1_000_000).nullable();

/** What may be spent; null: no limit. Whoever runs the workbench sets them. */
export const assistantLimitsSchema = z.object({
  messagesPerHour: z.number().int().positive().max(10_000).nullable().default(50),
  /** US dollars. */
  costPerUserAndDay: money.default(null),
  costPerUserAndMonth: money.default(null),
  costPerMonth: money.default(null),
  /** For one answer. */
  stepsPerAnswer: z.number().int().min(1).max(50).default(12),
  toolCallsPerAnswer: z.number().int().min(1).max(200).default(40),
  secondsPerAnswer: z.number().int().min(5).max(1_800).default(180),
  tokensPerAnswer: z.number().int().min(1_000).max(5_000_000).default(300_000),
  costPerAnswer: money.default(1),
  /** Likely next questions are worked out beforehand for so much a day. US dollars; 0: never. */
  prefetchPerDay: z.number().nonnegative().max(1_000).default(0),
});
export type AssistantLimits = z.infer<typeof assistantLimitsSchema>;
export const usualAssistantLimits: AssistantLimits = assistantLimitsSchema.parse({});

/** What a person told the assistant for all conversations: shown, edited and cleared by them alone. */
export const assistantMemorySchema = z.object({
  /** How they want to be answered. */
  instructions: z.string().max(8_000).default(''),
  /** What it should know of their systems, a line a fact. */
  facts: z.array(z.string().max(500)).max(100).default([]),
});
export type AssistantMemory = z.infer<typeof assistantMemorySchema>;

/** What may leave for a model, as one person set it. Secrets never leave. */
export const assistantPrivacySchema = z.strictObject({
  /** Names of clusters and nodes, addresses, hosts, and what is told of the cluster as a whole. */
  sendClusterMetadata: z.boolean().default(true),
  /** Names of namespaces and of all objects but pods. */
  sendResourceNames: z.boolean().default(true),
  sendLogs: z.boolean().default(true),
  sendPodNames: z.boolean().default(true),
});
export type AssistantPrivacy = z.infer<typeof assistantPrivacySchema>;

export const offeredModelSchema = z.object({
  /** `anthropic/claude-sonnet-5`, or `offline`. */
  id: z.string(),
  name: z.string(),
  /** Whether what is asked stays on this machine. */
  local: z.boolean(),
  /** Why it can't be asked now; null where it can. */
  problem: z.string().nullable(),
});
export type OfferedModel = z.infer<typeof offeredModelSchema>;
