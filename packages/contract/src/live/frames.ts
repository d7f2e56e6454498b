import * as z from 'zod';
import { actionSummarySchema } from '../actions/action-summary.ts';
import { alertSchema } from '../alerts/alert.ts';
import { clusterCostSchema } from '../clusters/api-cost.ts';
import { clusterSchema } from '../clusters/cluster.ts';
import { errorBodySchema } from '../errors/app-error.ts';
import { eventFilterShape, eventListSchema } from '../events/event-group.ts';
import { forwardSchema } from '../forwards/forward.ts';
import { coverageSchema, issueDetailSchema, issueSchema } from '../issues/issue.ts';
import { logEntrySchema, logFilterSchema, logStatsSchema, logTargetShape } from '../logs/log.ts';
import { columnSchema, resourceObjectSchema, rowSchema, unreadScopeSchema } from '../resources/resource.ts';

/** The WebSocket path. One socket a tab; every subscription on it has an id that the client chose. */
export const livePath = '/api/live';

/** A window over a live list: the server filters and sorts, the browser holds only what it shows. */
export const windowSchema = z.object({
  filter: z.string().max(500).default(''),
  /** Column ids with commas between, `-` in front for descending, `label:app` for a label; empty for the kind's own order. */
  sort: z.string().max(300).default(''),
  /** Labels that are shown as columns behind the kind's own, with the ids `label:app`. */
  labels: z.array(z.string().min(1).max(320)).max(8).optional(),
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().positive().max(1000).default(200),
});
export type Window = z.infer<typeof windowSchema>;

const id = z.string().min(1).max(64);
const cluster = z.string().optional();

export const clientFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribeIssues'), id, cluster, namespace: z.string().optional(), state: z.enum(['open', 'resolved']).default('open') }),
  z.object({ type: z.literal('subscribeIssue'), id, cluster, issue: z.string().min(1).max(100) }),
  z.object({ type: z.literal('subscribeResources'), id, cluster, kind: z.string().min(1), namespaces: z.array(z.string()).default([]), window: windowSchema }),
  z.object({ type: z.literal('subscribeObject'), id, cluster, kind: z.string().min(1), namespace: z.string().optional(), name: z.string().min(1) }),
  z.object({ type: z.literal('moveWindow'), id, window: windowSchema }),
  z.object({ type: z.literal('subscribeClusters'), id }),
  z.object({ type: z.literal('subscribeCosts'), id }),
  z.object({
    type: z.literal('subscribeLogs'),
    id,
    cluster,
    ...logTargetShape,
    follow: z.boolean().default(true),
    previous: z.boolean().default(false),
    tail: z.number().int().min(0).max(100_000).optional(),
    sinceSeconds: z.number().positive().optional(),
    sinceTime: z.iso.datetime({ offset: true }).optional(),
    filter: logFilterSchema.prefault({}),
  }),
  z.object({ type: z.literal('subscribeForwards'), id, cluster }),
  z.object({ type: z.literal('subscribeEvents'), id, cluster, ...eventFilterShape }),
  z.object({ type: z.literal('subscribeAlerts'), id }),
  z.object({ type: z.literal('subscribeActions'), id }),
  z.object({ type: z.literal('unsubscribe'), id }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;
/** A frame as a client writes it: fields with a default may be left out. */
export type ClientFrameCall = z.input<typeof clientFrameSchema>;

/**
 * `…Snapshot` replaces everything that the subscription showed; `…Delta` is applied on top of it. `seq` counts the
 * frames of one subscription from 1; a gap means that the client must subscribe anew.
 */
export const serverFrameSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('issuesSnapshot'),
    id,
    seq: z.number().int(),
    issues: z.array(issueSchema),
    dismissed: z.number().int(),
    coverage: coverageSchema,
    checkedAt: z.string().nullable(),
  }),
  z.object({
    type: z.literal('issuesDelta'),
    id,
    seq: z.number().int(),
    upserts: z.array(issueSchema),
    removes: z.array(z.string()),
    dismissed: z.number().int(),
    coverage: coverageSchema,
    checkedAt: z.string().nullable(),
  }),
  /** One issue with everything, again whenever anything of it changes; null where there is no such issue now. */
  z.object({ type: z.literal('issueSnapshot'), id, seq: z.number().int(), issue: issueDetailSchema.nullable(), checkedAt: z.string() }),
  z.object({
    type: z.literal('resourcesSnapshot'),
    id,
    seq: z.number().int(),
    columns: z.array(columnSchema),
    rows: z.array(rowSchema),
    offset: z.number().int(),
    total: z.number().int(),
    asOf: z.string().nullable(),
    /** The list is still being read: rows and total are those so far. */
    reading: z.boolean().optional(),
    /** Namespaces that were asked for and could not be read; left out where there are none. */
    unread: z.array(unreadScopeSchema).optional(),
  }),
  /** `order` is the uids of the window after the change, top to bottom; rows not in `upserts` are known already. */
  z.object({
    type: z.literal('resourcesDelta'),
    id,
    seq: z.number().int(),
    upserts: z.array(rowSchema),
    order: z.array(z.string()),
    total: z.number().int(),
    asOf: z.string().nullable(),
    reading: z.boolean().optional(),
    unread: z.array(unreadScopeSchema).optional(),
  }),
  /** Replaces what was shown; null while the object is not there: deleted, or not made yet. */
  z.object({ type: z.literal('objectSnapshot'), id, seq: z.number().int(), found: resourceObjectSchema.nullable() }),
  z.object({ type: z.literal('clustersSnapshot'), id, seq: z.number().int(), clusters: z.array(clusterSchema) }),
  z.object({ type: z.literal('costsSnapshot'), id, seq: z.number().int(), costs: z.array(clusterCostSchema) }),
  /** Entries come after those before; `ended` is with the last ones: nothing follows. */
  z.object({ type: z.literal('logBatch'), id, seq: z.number().int(), entries: z.array(logEntrySchema), stats: logStatsSchema, ended: z.boolean() }),
  /** Replaces what was shown. */
  z.object({ type: z.literal('eventsSnapshot'), id, seq: z.number().int(), ...eventListSchema.shape, asOf: z.string() }),
  /** What rules have told lately, the latest first; then each as it is told. */
  z.object({ type: z.literal('alertsSnapshot'), id, seq: z.number().int(), alerts: z.array(alertSchema) }),
  z.object({ type: z.literal('alertRaised'), id, seq: z.number().int(), alert: alertSchema }),
  /** The latest of every cluster, newest first. Replaces what was shown. */
  z.object({ type: z.literal('actionsSnapshot'), id, seq: z.number().int(), actions: z.array(actionSummarySchema) }),
  z.object({ type: z.literal('forwardsSnapshot'), id, seq: z.number().int(), forwards: z.array(forwardSchema) }),
  z.object({ type: z.literal('failed'), id, error: errorBodySchema }),
]);
export type ServerFrame = z.infer<typeof serverFrameSchema>;
