import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { priceOverrideSchema } from '../prices/estimate-cost.ts';
import { resourcePricesSchema } from '../sizing/size-cost.ts';

const seconds = z.number().positive().max(3600);

/** One provider, or an endpoint of one's own: then `kind` says what it speaks. Keys are never here. */
export const providerSettingsSchema = z.strictObject({
  kind: z.string().optional(),
  name: z.string().min(1).optional(),
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** An environment variable that holds its key. */
  keyVariable: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'must be the name of a variable')
    .optional(),
  /** A file that holds nothing but its key. */
  keyFile: z.string().min(1).optional(),
  /** That what is asked stays in one's own house, though the server is another machine. */
  local: z.boolean().optional(),
  /** Requests at a time. */
  concurrency: z.int().min(1).max(64).optional(),
  firstByteSeconds: seconds.optional(),
  idleSeconds: seconds.optional(),
  /** Tokens that a local model is given. */
  contextWindow: z.int().min(512).max(10_000_000).optional(),
  /** Where the models of `node-llama-cpp` lie, and where it is installed. */
  folder: z.string().min(1).optional(),
  module: z.string().min(1).optional(),
  enabled: z.boolean().optional(),
});
export type ProviderSettings = z.infer<typeof providerSettingsSchema>;

const modelNameSchema = z.string().regex(/^[\w.-]+\/\S+$/, 'must be PROVIDER/MODEL');

export const modelSettingsSchema = z.strictObject({
  version: z.literal(1, { error: ({ input }) => otherVersion(input) }).default(1),
  /** No model is asked, whatever keys there are. */
  offline: z.boolean().default(false),
  /** `provider/model`, wanted most first; empty: none is asked, whatever keys there are. */
  use: z.array(modelNameSchema).max(16).default([]),
  /** What makes plans; empty: the same as `use`. */
  plans: z.array(modelNameSchema).max(16).default([]),
  /** Whether a model elsewhere may be asked after one on this machine failed. */
  remoteAfterLocal: z.boolean().default(false),
  providers: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be lower case letters, digits and -'), providerSettingsSchema).default({}),
  /** By `provider/model`. */
  prices: z.record(modelNameSchema, priceOverrideSchema).default({}),
  /** What the capacity of the clusters costs, for advice on sizes. */
  resourcePrices: resourcePricesSchema.default({}),
});
export type ModelSettings = z.infer<typeof modelSettingsSchema>;

export const noSettings: ModelSettings = modelSettingsSchema.parse({});

/** Throws VALIDATION_ERROR that names the field. */
export function parseModelSettings(value: unknown, where: string): ModelSettings {
  const parsed = modelSettingsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const field = first?.path.join('.') ?? '';
  throw new AppError(
    'VALIDATION_ERROR',
    `${where}: ${field === '' ? 'the settings of models' : field} ${first === undefined ? 'is not valid' : saidOf(first)}.`,
    {
      hint: 'docs/reference/models.md lists the fields.',
      details: { field },
    },
  );
}

/** Files without a version are of the first one, which is the only one there has been. */
function otherVersion(version: unknown): string {
  return typeof version === 'number' && version > 1 ? `${version} is that of a later Quarterdeck; update this one` : 'must be 1';
}

function saidOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `has no field ${issue.keys.join(', ')}`;
  return (issue.code === 'invalid_key' ? issue.issues[0]?.message : null) ?? issue.message;
}

/** `anthropic/claude-sonnet-5`: the provider up to the first slash; the name of the model may have further ones. */
export function splitModelName(name: string): { provider: string; model: string } {
  const slash = name.indexOf('/');
  if (slash > 0 && slash < name.length - 1) return { provider: name.slice(0, slash), model: name.slice(slash + 1) };
  throw new AppError('VALIDATION_ERROR', `${name === '' ? 'The name of the model' : name} lacks its provider.`, {
    hint: 'Write PROVIDER/MODEL; `qd model list` shows which there are.',
  });
}
