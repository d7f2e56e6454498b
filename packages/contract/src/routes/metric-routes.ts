import * as z from 'zod';
import { metricNames, metricsHistorySchema, metricsNowSchema, metricsSourceSchema, metricTargetKinds, workloadKinds } from '../metrics/metrics.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

const name = z.string().min(1).max(253);

/** A month; more would be asked of Prometheus itself. */
const longestSpan = 31 * 86_400;

export const metricRoutes = {
  getMetricsNow: defineRoute({
    id: 'getMetricsNow',
    method: 'GET',
    path: '/api/metrics/now',
    permission: 'metric.read',
    effect: 'read',
    summary: 'What pods or nodes use now, beside what they ask for and have; or why that is not known.',
    input: z.object({
      ...ofCluster,
      of: z.enum(['pods', 'nodes']).default('pods'),
      namespace: name.optional(),
      labelSelector: z.string().max(1000).optional(),
    }),
    output: metricsNowSchema,
  }),
  getMetricsHistory: defineRoute({
    id: 'getMetricsHistory',
    method: 'GET',
    path: '/api/metrics/history',
    permission: 'metric.read',
    effect: 'read',
    summary: 'One metric over time: from Prometheus where there is one, else from what the workbench sampled; or why it is not known.',
    input: z
      .object({
        ...ofCluster,
        metric: z.enum(metricNames),
        target: z.enum(metricTargetKinds),
        namespace: name.optional(),
        /** Of the node, workload, pod, container or claim. */
        name: name.optional(),
        /** Of the workload. */
        workloadKind: z.enum(workloadKinds).optional(),
        /** Of the container. */
        pod: name.optional(),
        /** Epoch seconds; left out, an hour ago and now. */
        from: z.coerce.number().int().positive().optional(),
        to: z.coerce.number().int().positive().optional(),
        /** Seconds. */
        step: z.coerce.number().int().min(15).max(86_400).default(15),
      })
      .refine(({ from, to }) => from === undefined || to === undefined || (from < to && to - from <= longestSpan), {
        path: ['from'],
        message: 'must be before `to`, by at most 31 days',
      }),
    output: metricsHistorySchema,
  }),
  listMetricsSources: defineRoute({
    id: 'listMetricsSources',
    method: 'GET',
    path: '/api/metrics/sources',
    permission: 'metric.read',
    effect: 'read',
    summary: 'Where numbers come from, and for each source that gives none, why and what to do.',
    input: z.object({ ...ofCluster }),
    output: z.array(metricsSourceSchema),
  }),
} as const;
