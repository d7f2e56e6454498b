import * as z from 'zod';

/** Which containers of a pod: its default one, all that run beside each other, or these with the init and ephemeral ones. */
export const containerScopes = ['default', 'regular', 'all'] as const;
export type ContainerScope = (typeof containerScopes)[number];

export const logSeverities = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogSeverity = (typeof logSeverities)[number];

/** Whose log. Either `name` (a pod, or a workload or Service whose selector finds the pods) or `selector`. */
export const logTargetShape = {
  namespace: z.string().min(1),
  /** `Pod`, `deploy`, `cj`, `Rollout.argoproj.io`: whatever has pods. */
  kind: z.string().min(1).default('Pod'),
  name: z.string().min(1).optional(),
  /** A label selector as kubectl takes it: `app=web,tier!=cache`. */
  selector: z.string().min(1).max(1000).optional(),
  /** One container by name; left out, `containers` says which. */
  container: z.string().min(1).optional(),
  containers: z.enum(containerScopes).default('default'),
};

/** From where a log is read. Without any of them: from its beginning. */
export interface LogStart {
  /** Lines from the end, of each container. */
  tail?: number | undefined;
  sinceSeconds?: number | undefined;
  /** RFC 3339. */
  sinceTime?: string | undefined;
}

/**
 * What is told in between the lines: `joined` and `deleted` of a pod, a `rollout` that its first pod begins, `restarted` of
 * a container, `lost` lines that the reader was too slow for, a `gap` of lines that the node no longer had, a line that was
 * `cut`, a source that `failed`.
 */
export const logMarkers = ['joined', 'deleted', 'rollout', 'restarted', 'lost', 'gap', 'cut', 'failed'] as const;
export type LogMarker = (typeof logMarkers)[number];

export const logEntrySchema = z.object({
  pod: z.string(),
  container: z.string(),
  /** RFC 3339 in UTC with nine digits, so that times compare as texts; empty where the node gave none. */
  time: z.string(),
  text: z.string(),
  /** Where this is no line of the log but a word about it: `text` is the sentence. */
  marker: z.enum(logMarkers).optional(),
  /** How many lines are lost, or how many bytes are cut. */
  count: z.number().int().optional(),
  severity: z.enum(logSeverities).optional(),
  /** Not a match itself but shown around one. */
  context: z.literal(true).optional(),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

export const logSourceStates = ['waiting', 'streaming', 'ended', 'failed'] as const;

export const logSourceSchema = z.object({
  pod: z.string(),
  container: z.string(),
  state: z.enum(logSourceStates),
  /** Why it waits or failed, in words for people. */
  reason: z.string().nullable(),
  /** It waits because there are more logs than are read at once. */
  queued: z.literal(true).optional(),
});
export type LogSource = z.infer<typeof logSourceSchema>;

/** `default` is the one that is read where none is named; a `sidecar` is started before the others and runs beside them. */
export const logContainerRoles = ['default', 'regular', 'sidecar', 'init', 'ephemeral'] as const;

const logContainerSchema = z.object({ name: z.string(), role: z.enum(logContainerRoles) });
export type LogContainer = z.infer<typeof logContainerSchema>;

/** `shown` + `lost` is what the containers wrote since the stream began, but for what a `gap` hides. */
export const logStatsSchema = z.object({
  shown: z.number().int(),
  lost: z.number().int(),
  gaps: z.number().int(),
  sources: z.array(logSourceSchema),
  /** All that the pods have, also those that are not read. */
  containers: z.array(logContainerSchema),
});
export type LogStats = z.infer<typeof logStatsSchema>;

const pattern = z.string().min(1).max(500);

/** What of a log is wanted; every part that is there must hold. */
export const logFilterSchema = z.object({
  /** Regular expressions, of which each must match; case matters unless it begins with `(?i)`. */
  include: z.array(pattern).max(10).default([]),
  /** Regular expressions, of which none may match. */
  exclude: z.array(pattern).max(10).default([]),
  /** This severity or worse; lines that show none are left out. */
  severity: z.enum(logSeverities).optional(),
  /** Lines shown before and after each match, of the same container. */
  before: z.number().int().min(0).max(100).default(0),
  after: z.number().int().min(0).max(100).default(0),
});
export type LogFilter = z.infer<typeof logFilterSchema>;
export type LogFilterCall = z.input<typeof logFilterSchema>;

export const logBatchSchema = z.object({
  entries: z.array(logEntrySchema),
  stats: logStatsSchema,
  /** Whether there was more than one answer holds: the oldest lines are left out. */
  truncated: z.boolean(),
});
export type LogBatch = z.infer<typeof logBatchSchema>;

export const logSearchSchema = z.object({
  entries: z.array(logEntrySchema),
  matches: z.number().int(),
  /** Lines and bytes that were looked at. */
  linesRead: z.number().int(),
  bytesRead: z.number().int(),
  /** What was not looked at, and why, in words for people. */
  unread: z.array(z.string()),
});
export type LogSearch = z.infer<typeof logSearchSchema>;
