import * as z from 'zod';
import { helmDiffSchema } from './release.ts';

/** Helm's own rule for release names (pkg/chart/common/util: at most 53 characters, a DNS-1123 subdomain). */
export const helmReleaseNameSchema = z
  .string()
  .max(53, 'may have at most 53 characters')
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    'must be lower case letters, digits, - and ., and begin and end with a letter or digit',
  );

export const namespaceNameSchema = z
  .string()
  .max(63, 'may have at most 63 characters')
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'must be lower case letters, digits and -, and begin and end with a letter or digit');

/** No text that Helm could take for an option, and nothing that no terminal shows. */
const plainArgument = z
  .string()
  .min(1)
  .max(2000)
  .refine((text) => !text.startsWith('-'), 'must not begin with -')
  .refine((text) => !/\p{Cc}/u.test(text), 'must not contain control characters');

export const helmTargetSchema = z.object({ name: helmReleaseNameSchema, namespace: namespaceNameSchema });
export type HelmTarget = z.infer<typeof helmTargetSchema>;

const timing = {
  /** Whether it ends only when all objects are ready. */
  wait: z.boolean().default(false),
  timeoutSeconds: z.coerce.number().int().min(1).max(3600).default(300),
};

const forcing = {
  /** Whether fields that somebody else changed since are taken over; Helm 4 refuses to otherwise, Helm 3 always does. */
  forceConflicts: z.boolean().default(false),
};

const setting = {
  /** Single values over the others, as Helm writes them: `image.tag=2`, `list[0]=a`. */
  set: z
    .array(plainArgument.refine((text) => text.includes('='), 'must be name=value'))
    .max(200)
    .default([]),
};

export const helmChartSourceSchema = z.object({
  /** `repository/chart`, `oci://…`, an https address of a chart, or a folder or archive on the workbench's machine. */
  chart: plainArgument,
  /** A range is allowed (`^1.2`); left out, the newest. */
  version: plainArgument.optional(),
  /** The address of a repository that is not in the user's list; `chart` is then the bare name. */
  repository: plainArgument.refine((text) => /^https?:\/\//.test(text), 'must begin with https:// or http://').optional(),
});
export type HelmChartSource = z.infer<typeof helmChartSourceSchema>;

export const helmInstallSchema = helmTargetSchema.extend({
  ...helmChartSourceSchema.shape,
  /** YAML or JSON. */
  values: z.string().max(1_000_000).default(''),
  createNamespace: z.boolean().default(false),
  /** Whether a failure takes everything back. */
  rollbackOnFailure: z.boolean().default(false),
  ...setting,
  ...timing,
});
export type HelmInstall = z.infer<typeof helmInstallSchema>;

export const helmUpgradeSchema = helmTargetSchema.extend({
  ...helmChartSourceSchema.shape,
  values: z.string().max(1_000_000).default(''),
  /** `reset` begins from the chart's defaults, `reuse` from the values of the present revision. */
  base: z.enum(['reset', 'reuse']).default('reset'),
  /** Whether it is installed where it is not there yet. */
  install: z.boolean().default(false),
  createNamespace: z.boolean().default(false),
  rollbackOnFailure: z.boolean().default(false),
  ...forcing,
  ...setting,
  ...timing,
});
export type HelmUpgrade = z.infer<typeof helmUpgradeSchema>;

export const helmRollbackSchema = helmTargetSchema.extend({ revision: z.coerce.number().int().positive(), ...forcing, ...timing });
export type HelmRollback = z.infer<typeof helmRollbackSchema>;

export const helmUninstallSchema = helmTargetSchema.extend({ keepHistory: z.boolean().default(false), ...timing });
export type HelmUninstall = z.infer<typeof helmUninstallSchema>;

/** Runs the test hooks of a release; they are pods that the chart brings. */
export const helmTestSchema = helmTargetSchema.extend({ timeoutSeconds: timing.timeoutSeconds });
export type HelmTest = z.infer<typeof helmTestSchema>;

/** What an install or upgrade would send to the cluster, compared with what the present revision sent. Nothing is changed for it. */
export const helmPreviewSchema = z.object({
  chart: z.object({ name: z.string(), version: z.string() }).nullable(),
  manifest: z.string(),
  notes: z.string(),
  diff: helmDiffSchema,
  /** What Helm said besides. */
  warnings: z.array(z.string()),
});
export type HelmPreview = z.infer<typeof helmPreviewSchema>;

/** The helm program of the workbench's machine, which changes need; reading works without it. */
export const helmProgramSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('found'), version: z.string() }),
  z.object({ state: z.literal('missing'), reason: z.string(), hint: z.string().nullable() }),
]);
export type HelmProgramState = z.infer<typeof helmProgramSchema>;

/** What happens during an operation, in order; `ended` is the last one. */
export const helmEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('said'), stream: z.enum(['stdout', 'stderr']), text: z.string() }),
  /** A call of Helm to the API server that changes something. */
  z.object({
    type: z.literal('called'),
    verb: z.string(),
    resource: z.string(),
    namespace: z.string().nullable(),
    name: z.string().nullable(),
    status: z.number().int(),
  }),
  z.object({ type: z.literal('ended'), succeeded: z.boolean(), message: z.string() }),
]);
export type HelmEvent = z.infer<typeof helmEventSchema>;
