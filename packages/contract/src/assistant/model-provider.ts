import * as z from 'zod';

/** Vendors, programs and endpoints that models are asked of, as they are set up on the server. */

export const modelNameSchema = z
  .string()
  .max(300)
  .regex(/^[\w.-]+\/\S+$/, 'must be PROVIDER/MODEL');
export const providerIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be lower case letters, digits and -');

/** What can go wrong with a model; who asked for it and what to do next differ between them. */
export const modelProblems = [
  'overloaded',
  'rateLimited',
  'quota',
  'missingKey',
  'auth',
  'badRequest',
  'contextOverflow',
  'filtered',
  'malformed',
  'network',
  'timeout',
  'unknownModel',
  'aborted',
] as const;

/** What came of asking a provider for its models, with the key as it is set. */
export const providerTestSchema = z.object({
  /** ISO 8601. */
  at: z.string(),
  outcome: z.enum(['works', ...modelProblems]),
  message: z.string(),
  hint: z.string().nullable(),
  /** Milliseconds; null where nothing answered. */
  latencyMs: z.number().nullable(),
  /** How many models it has. */
  models: z.number().int().nullable(),
});
export type ProviderTest = z.infer<typeof providerTestSchema>;

export const providerStates = ['ready', 'noKey', 'noAddress', 'wrongKey', 'unreachable', 'resting', 'off', 'misconfigured'] as const;
export type ProviderState = (typeof providerStates)[number];

export const keyPlaces = ['environment', 'file', 'keychain', 'store'] as const;
export type KeyPlace = (typeof keyPlaces)[number];

export const modelProviderSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** What it speaks: one of the built-in ones. */
  kind: z.string(),
  /** Whether it is an endpoint of one's own, which can be removed. */
  own: z.boolean(),
  enabled: z.boolean(),
  /** Whether what is asked stays on this machine; null where it can't be asked. */
  local: z.boolean().nullable(),
  baseUrl: z.string().nullable(),
  baseUrlExample: z.string().nullable(),
  state: z.enum(providerStates),
  /** What is wrong, and what to do next; null where nothing is. */
  problem: z.string().nullable(),
  /** Of a key there is the mask alone. `from`: the variable, the path, or the name of the place. */
  key: z.object({ mask: z.string(), from: z.string(), place: z.enum(keyPlaces), doubt: z.string().nullable() }).nullable(),
  /** Null for what knows no keys. */
  keyRules: z.object({ required: z.boolean(), page: z.string().nullable(), form: z.string(), variables: z.array(z.string()) }).nullable(),
  /** A model to begin with; null where only the person knows. */
  suggested: z.string().nullable(),
  /** The last one since the server began; null where there was none. */
  test: providerTestSchema.nullable(),
  concurrency: z.number().int().nullable(),
  contextWindow: z.number().int().nullable(),
});
export type ModelProviderStatus = z.infer<typeof modelProviderSchema>;

export const modelChoiceSchema = z.object({
  /** No model is asked, whatever keys there are. */
  offline: z.boolean(),
  /** Wanted most first; the next one is asked where one before it can't answer for now. */
  use: z.array(modelNameSchema).max(16),
  /** For plans alone; empty: the same. */
  plans: z.array(modelNameSchema).max(16),
  /** Whether a model elsewhere may be asked after one on this machine failed. */
  remoteAfterLocal: z.boolean(),
});
export type ModelChoices = z.infer<typeof modelChoiceSchema>;

const dollars = z.number().nonnegative().max(100_000);
/** US dollars a million tokens. */
export const modelPriceSchema = z.object({ input: dollars, output: dollars });
export type ModelPrice = z.infer<typeof modelPriceSchema>;

/** A model that is asked, in the order in which it is. */
export const chosenModelSchema = z.object({
  /** `anthropic/claude-sonnet-5`. */
  id: z.string(),
  local: z.boolean(),
  /** Whether it is passed over after a model of this machine, as what is asked shall stay here. */
  skipped: z.boolean(),
  /** Why it is left alone for now, after it failed; null where it may be asked. */
  resting: z.string().nullable(),
  /** Null where nobody knows what it costs. */
  price: modelPriceSchema.nullable(),
  /** Whether the price is one that was set here. */
  ownPrice: z.boolean(),
});
export type ChosenModel = z.infer<typeof chosenModelSchema>;

export const modelSetupSchema = z.object({
  choice: modelChoiceSchema,
  chosen: z.array(chosenModelSchema),
  providers: z.array(modelProviderSchema),
  /** Keys that were found while nothing was chosen, and what to choose. */
  unused: z.array(z.object({ provider: z.string(), from: z.string(), model: z.string() })),
  /** Whether keys can be kept in the keychain of the server's machine. */
  keychain: z.boolean(),
  /** Where prices come from, and of when they are. */
  prices: z.object({ source: z.string(), asOf: z.string() }),
});
export type ModelSetup = z.infer<typeof modelSetupSchema>;

export const listedModelSchema = z.object({
  id: z.string(),
  /** Tokens. */
  contextWindow: z.number().int().nullable(),
  maxOutput: z.number().int().nullable(),
  tools: z.boolean(),
  price: modelPriceSchema.nullable(),
});
export type ListedModel = z.infer<typeof listedModelSchema>;

/** A program on the server's machine that answers as one that runs models. */
export const foundProgramSchema = z.object({
  /** The id under which it would be set up. */
  id: z.string(),
  name: z.string(),
  baseUrl: z.string(),
  models: z.array(z.string()),
  /** Whether it is set up at this address already. */
  known: z.boolean(),
});
export type FoundProgram = z.infer<typeof foundProgramSchema>;

/** What an endpoint is set to by a person. Keys, files of keys, folders and programs are not set over HTTP. */
export const providerChangeSchema = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable()
    .optional(),
  name: z.string().trim().min(1).max(60).optional(),
  /** That what is asked stays in one's own house, though the server is another machine. */
  local: z.boolean().optional(),
  enabled: z.boolean().optional(),
  /** Requests at a time; null as usual. */
  concurrency: z.number().int().min(1).max(64).nullable().optional(),
  /** Tokens that a local model is given; null as usual. */
  contextWindow: z.number().int().min(512).max(10_000_000).nullable().optional(),
});
export type ProviderChange = z.infer<typeof providerChangeSchema>;

export const trialTaskSchema = z.object({ id: z.string(), title: z.string(), passed: z.boolean() });

/** What a model made of the small tasks that models are compared with; nothing of a cluster is in them. */
export const modelTrialSchema = z.object({
  model: z.string(),
  tasks: z.array(trialTaskSchema),
  /** How many there are. */
  of: z.number().int(),
  /** Median. Milliseconds. */
  firstTokenMs: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  /** US dollars; null where the price is unknown. */
  cost: z.number().nullable(),
  error: z.object({ kind: z.enum(modelProblems), message: z.string(), hint: z.string() }).nullable(),
});
export type ModelTrialResult = z.infer<typeof modelTrialSchema>;

export const trialEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('task'), model: z.string(), task: trialTaskSchema, of: z.number().int() }),
  z.object({ type: z.literal('tried'), trial: modelTrialSchema }),
]);
export type TrialEvent = z.infer<typeof trialEventSchema>;
