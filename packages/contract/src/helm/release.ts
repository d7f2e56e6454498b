import * as z from 'zod';
import { healthStateSchema } from '../issues/issue.ts';
import { objectRefSchema } from '../objects/object-ref.ts';

/** What Helm says of a revision; a status that Helm may add later is kept as it is. */
export const helmStatuses = [
  'deployed',
  'superseded',
  'failed',
  'uninstalled',
  'uninstalling',
  'pending-install',
  'pending-upgrade',
  'pending-rollback',
  'unknown',
] as const;

/**
 * One revision of a release as its record's labels tell it. The fields of the chart come from the record's body: null
 * where that was not read, with `problem` where it could not be.
 */
export const helmRevisionSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  revision: z.number().int().nonnegative(),
  status: z.string(),
  /** ISO 8601; null where the record does not say. */
  updatedAt: z.string().nullable(),
  /** What Helm keeps the record in. */
  storage: z.enum(['Secret', 'ConfigMap']),
  chart: z.object({ name: z.string(), version: z.string(), appVersion: z.string().nullable() }).nullable(),
  description: z.string().nullable(),
  /** Why the body of the record could not be read; null where it was read or not asked for. */
  problem: z.string().nullable(),
});
export type HelmRevision = z.infer<typeof helmRevisionSchema>;

/** The newest revision of every release. `notRecorded` is a recording, which never has Secrets. */
export const helmReleaseListSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('read'),
    releases: z.array(helmRevisionSchema),
    /** What could not be looked at, and why. */
    skipped: z.array(z.object({ what: z.string(), reason: z.string() })),
  }),
  z.object({ state: z.literal('notRecorded'), reason: z.string() }),
]);
export type HelmReleaseList = z.infer<typeof helmReleaseListSchema>;

export const helmHookSchema = z.object({
  name: z.string(),
  kind: z.string(),
  /** `pre-install`, `post-upgrade`, `test` … */
  events: z.array(z.string()),
  weight: z.number(),
  /** `Succeeded`, `Failed`, `Running`; null where it never ran. */
  lastPhase: z.string().nullable(),
  /** ISO 8601. */
  lastCompletedAt: z.string().nullable(),
  manifest: z.string(),
});
export type HelmHook = z.infer<typeof helmHookSchema>;

export const helmChartSchema = z.object({
  name: z.string(),
  version: z.string(),
  appVersion: z.string().nullable(),
  description: z.string().nullable(),
  home: z.string().nullable(),
  sources: z.array(z.string()),
  deprecated: z.boolean(),
  dependencies: z.array(z.object({ name: z.string(), version: z.string(), repository: z.string() })),
});
export type HelmChart = z.infer<typeof helmChartSchema>;

/**
 * One revision, whole. What looks like a secret (values by their key, the data of Secrets, passwords in addresses) is
 * replaced by `<hidden …>`: the same mark stands for the same value.
 */
export const helmReleaseSchema = helmRevisionSchema.extend({
  firstDeployedAt: z.string().nullable(),
  chart: helmChartSchema,
  /** YAML: what was given, and what the templates saw (the chart's defaults below it). */
  values: z.object({ user: z.string(), all: z.string() }),
  /** YAML documents as they were sent to the cluster. */
  manifest: z.string(),
  notes: z.string(),
  hooks: z.array(helmHookSchema),
  /** How many values are hidden. */
  hidden: z.number().int().nonnegative(),
});
export type HelmRelease = z.infer<typeof helmReleaseSchema>;

/** A field that the manifest sets and that is another in the cluster; `found` is null where it is gone. */
export const helmDifferenceSchema = z.object({ path: z.string(), wanted: z.string(), found: z.string().nullable() });
export type HelmDifference = z.infer<typeof helmDifferenceSchema>;

/** An object of a release's manifest and how it is in the cluster now. */
export const helmObjectSchema = z.object({
  object: objectRefSchema,
  /** `unknown`: it may not be read, or its kind is not served; `reason` says which. */
  state: z.enum(['present', 'missing', 'unknown']),
  health: z.object({ state: healthStateSchema, text: z.string() }).nullable(),
  /** Where it is not as the manifest says: somebody or something changed it since. At most 20. */
  differences: z.array(helmDifferenceSchema),
  /** Whether an uninstall leaves it in the cluster (`helm.sh/resource-policy: keep`). */
  kept: z.boolean(),
  reason: z.string().nullable(),
});
export type HelmObject = z.infer<typeof helmObjectSchema>;

/** The lines that differ, as a unified diff without file names; empty where nothing differs. */
export const textDiffSchema = z.object({ added: z.number().int(), removed: z.number().int(), text: z.string() });
export type TextDiff = z.infer<typeof textDiffSchema>;

export const manifestChangeSchema = z.object({ object: objectRefSchema, change: z.enum(['added', 'removed', 'changed']), diff: textDiffSchema });
export type ManifestChange = z.infer<typeof manifestChangeSchema>;

export const helmDiffSchema = z.object({
  /** What is compared with what: `revision 2`, `the present revision 3`, `the preview`. */
  from: z.string(),
  to: z.string(),
  values: textDiffSchema,
  manifest: z.array(manifestChangeSchema),
  /** Objects that are the same in both. */
  unchanged: z.number().int().nonnegative(),
});
export type HelmDiff = z.infer<typeof helmDiffSchema>;
