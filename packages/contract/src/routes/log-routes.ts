import * as z from 'zod';
import { logBatchSchema, logSearchSchema, logSeverities, logTargetShape } from '../logs/log.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

const flag = z.enum(['false', 'true']).default('false');
const count = (most: number) => z.coerce.number().int().min(0).max(most);

const start = {
  previous: flag,
  tail: count(1_000_000).optional(),
  sinceSeconds: z.coerce.number().positive().optional(),
  sinceTime: z.iso.datetime({ offset: true }).optional(),
};

/** Expressions, one a line: a query has each name once. */
const patterns = z.string().min(1).max(5_010).optional();

/** As `logFilterSchema`, in a query. */
const filter = {
  include: patterns,
  exclude: patterns,
  severity: z.enum(logSeverities).optional(),
  before: count(100).default(0),
  after: count(100).default(0),
};

export const logRoutes = {
  getLogs: defineRoute({
    id: 'getLogs',
    method: 'GET',
    path: '/api/logs',
    permission: 'log.read',
    effect: 'read',
    summary: 'The log of a container, a pod, a workload or a label selector, in the order of time.',
    input: z.object({ ...ofCluster, ...logTargetShape, ...start, ...filter, tail: count(10_000).default(500) }),
    output: logBatchSchema,
  }),
  exportLogs: defineRoute({
    id: 'exportLogs',
    method: 'GET',
    path: '/api/logs/export',
    permission: 'log.read',
    effect: 'read',
    summary: 'The same as plain text or as JSON lines, as long as it is.',
    input: z.object({ ...ofCluster, ...logTargetShape, ...start, ...filter, form: z.enum(['text', 'jsonl']).default('text'), timestamps: flag, prefix: flag }),
    output: z.string(),
    streams: 'text/plain',
  }),
  searchLogs: defineRoute({
    id: 'searchLogs',
    method: 'GET',
    path: '/api/logs/search',
    permission: 'log.read',
    effect: 'read',
    summary: 'Looks through all that the nodes still have, the runs before included, and says what it did not read.',
    input: z.object({
      ...ofCluster,
      ...logTargetShape,
      ...filter,
      sinceSeconds: start.sinceSeconds,
      sinceTime: start.sinceTime,
      limit: z.coerce.number().int().positive().max(5_000).default(500),
      megabytes: z.coerce.number().positive().max(1024).default(64),
      seconds: z.coerce.number().positive().max(60).default(20),
    }),
    output: logSearchSchema,
  }),
} as const;
