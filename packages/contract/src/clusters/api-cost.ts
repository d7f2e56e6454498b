import * as z from 'zod';

const count = z.number().int().nonnegative();

/** What one kind of request cost in the last five minutes. */
export const apiCostEntrySchema = z.object({
  /** `list`, `watch`, `get`, `create` … */
  verb: z.string(),
  /** The plural, with its subresource; a path for what is no resource. */
  resource: z.string(),
  scope: z.enum(['cluster', 'namespace']),
  requests: count,
  bytesIn: count,
  bytesOut: count,
  /** Refused with 403 by the cluster. */
  forbidden: count,
  /** 403s that were not asked for, because the answer was known. */
  spared: count,
  /** 429s. */
  throttled: count,
  /** Everything else that went wrong. */
  failed: count,
});
export type ApiCostEntry = z.infer<typeof apiCostEntrySchema>;

/** What the workbench asks of one API server: its own share of the load. */
export const apiCostSchema = z.object({
  openStreams: count,
  lists: z.object({ running: count, waiting: count }),
  /** Of the last 60 seconds. Bytes are those on the wire, without TLS and headers. */
  lastMinute: z.object({ requests: count, bytesIn: count, bytesOut: count }),
  /** Of the last five minutes, the costliest first. */
  byRequest: z.array(apiCostEntrySchema),
  /** Since the connection was opened. */
  total: z.object({ requests: count, bytesIn: count, bytesOut: count, forbidden: count, spared: count, throttled: count, failed: count }),
});
export type ApiCost = z.infer<typeof apiCostSchema>;

export const clusterCostSchema = z.object({ cluster: z.string(), cost: apiCostSchema });
export type ClusterCost = z.infer<typeof clusterCostSchema>;
