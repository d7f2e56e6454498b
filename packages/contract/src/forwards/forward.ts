import * as z from 'zod';

export const forwardPortSchema = z.object({
  /** On this machine; 0: any free one. */
  local: z.number().int().min(0).max(65_535),
  /** In the pod, or of the Service where the target is one: a number or a name. */
  remote: z.union([z.number().int().min(1).max(65_535), z.string().min(1).max(63)]),
});
export type ForwardPort = z.infer<typeof forwardPortSchema>;

/** What somebody wants forwarded: either `name` (a pod, a Service, a workload) or `selector`. */
export const forwardRequestSchema = z.object({
  namespace: z.string().min(1),
  kind: z.string().min(1).default('Pod'),
  name: z.string().min(1).optional(),
  selector: z.string().min(1).max(1000).optional(),
  ports: z.array(forwardPortSchema).min(1).max(20),
  /** Where to listen. Any other address than a loopback one lets other machines in. */
  address: z.string().min(1).default('127.0.0.1'),
});
export type ForwardRequest = z.infer<typeof forwardRequestSchema>;

export const forwardStates = ['listening', 'noReadyPod', 'forbidden', 'failed', 'stopped'] as const;

export const forwardConnectionSchema = z.object({
  id: z.number().int(),
  localPort: z.number().int(),
  pod: z.string().nullable(),
  /** From the pod, and to it. */
  bytesIn: z.number().int(),
  bytesOut: z.number().int(),
  /** ISO 8601. */
  openedAt: z.string(),
  /** Milliseconds until the pod's first byte; null before it. */
  firstByteMs: z.number().nullable(),
});
export type ForwardConnection = z.infer<typeof forwardConnectionSchema>;

export const forwardErrorSchema = z.object({ message: z.string(), count: z.number().int(), lastAt: z.string() });

export const forwardStatsSchema = z.object({
  state: z.enum(forwardStates),
  /** Why it does not work now, in words for people. */
  reason: z.string().nullable(),
  /** With the local ports that are really used. */
  ports: z.array(forwardPortSchema),
  /** The pod that the last connection went to. */
  pod: z.string().nullable(),
  bytesIn: z.number().int(),
  bytesOut: z.number().int(),
  openConnections: z.number().int(),
  totalConnections: z.number().int(),
  failedConnections: z.number().int(),
  /** Milliseconds until the pod's first byte, of the last connections. */
  latency: z.object({ last: z.number(), median: z.number(), worst: z.number() }).nullable(),
  /** What went wrong, the most frequent first. */
  errors: z.array(forwardErrorSchema),
  /** Those that are open, the newest first. */
  connections: z.array(forwardConnectionSchema),
});
export type ForwardStats = z.infer<typeof forwardStatsSchema>;

/** A forward of the workbench. */
export const forwardSchema = z.object({
  id: z.string(),
  cluster: z.string(),
  ...forwardRequestSchema.shape,
  /** Whether it is started again when the workbench starts. */
  autostart: z.boolean(),
  stats: forwardStatsSchema,
});
export type Forward = z.infer<typeof forwardSchema>;
