import * as z from 'zod';

/** What is measured: cpu in cores, memory and storage in bytes, network in bytes per second. */
export const metricNames = ['cpu', 'memory', 'networkReceive', 'networkTransmit', 'storage'] as const;
export type MetricName = (typeof metricNames)[number];

export const metricUnits: Record<MetricName, 'cores' | 'bytes' | 'bytesPerSecond'> = {
  cpu: 'cores',
  memory: 'bytes',
  networkReceive: 'bytesPerSecond',
  networkTransmit: 'bytesPerSecond',
  storage: 'bytes',
};

const name = z.string().min(1).max(253);
export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'] as const;
export type WorkloadKind = (typeof workloadKinds)[number];

/** Of what: everything below it is added up. */
export const metricTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cluster') }),
  z.object({ kind: z.literal('node'), name }),
  z.object({ kind: z.literal('namespace'), namespace: name }),
  z.object({ kind: z.literal('workload'), namespace: name, workloadKind: z.enum(workloadKinds), name }),
  z.object({ kind: z.literal('pod'), namespace: name, name }),
  z.object({ kind: z.literal('container'), namespace: name, pod: name, name }),
  /** A PersistentVolumeClaim; only its storage is measured. */
  z.object({ kind: z.literal('claim'), namespace: name, name }),
]);
export type MetricTarget = z.infer<typeof metricTargetSchema>;

export const metricTargetKinds = ['cluster', 'node', 'namespace', 'workload', 'pod', 'container', 'claim'] as const;

export interface MetricQuery {
  target: MetricTarget;
  metric: MetricName;
  /** Epoch seconds. */
  from: number;
  to: number;
  /** Seconds between two points; a source may take larger steps. */
  step: number;
}

/** That there is no number is an ordinary answer: why, and what to do about it. */
export const metricsUnavailableSchema = z.object({
  state: z.literal('unavailable'),
  reason: z.string(),
  remedy: z.string(),
});
export type MetricsUnavailable = z.infer<typeof metricsUnavailableSchema>;

/** Cores and bytes; null where none is set. */
export const amountsSchema = z.object({ cpu: z.number().nullable(), memory: z.number().nullable() });
export type Amounts = z.infer<typeof amountsSchema>;

export const containerUsageSchema = z.object({ name: z.string(), cpu: z.number(), memory: z.number(), requests: amountsSchema, limits: amountsSchema });
export type ContainerUsage = z.infer<typeof containerUsageSchema>;

export const podUsageSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  /** ISO 8601, and the seconds before it that the CPU is the mean of. */
  measuredAt: z.string(),
  windowSeconds: z.number(),
  cpu: z.number(),
  memory: z.number(),
  /** Of all containers together; null where none of them has one. */
  requests: amountsSchema,
  limits: amountsSchema,
  containers: z.array(containerUsageSchema),
});
export type PodUsage = z.infer<typeof podUsageSchema>;

export const nodeUsageSchema = z.object({
  name: z.string(),
  measuredAt: z.string(),
  windowSeconds: z.number(),
  cpu: z.number(),
  memory: z.number(),
  capacity: amountsSchema,
  allocatable: amountsSchema,
  /** What the pods on it ask for; null where pods could not be read. */
  requested: amountsSchema,
});
export type NodeUsage = z.infer<typeof nodeUsageSchema>;

export const metricsNowSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('available'),
    source: z.string(),
    /** Empty where the other was asked for. */
    pods: z.array(podUsageSchema),
    nodes: z.array(nodeUsageSchema),
    /** All nodes together, where nodes were asked for. */
    cluster: z.object({ cpu: z.number(), memory: z.number(), capacity: amountsSchema, allocatable: amountsSchema, requested: amountsSchema }).nullable(),
    /** What is missing in the numbers, in words. */
    notes: z.array(z.string()),
  }),
  metricsUnavailableSchema,
]);
export type MetricsNow = z.infer<typeof metricsNowSchema>;

/** Epoch seconds and the value; null is a gap: nothing was measured then. */
export const metricPointSchema = z.tuple([z.number(), z.number().nullable()]);
export type MetricPoint = z.infer<typeof metricPointSchema>;

export const metricsHistorySchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('available'),
    source: z.string(),
    metric: z.enum(metricNames),
    unit: z.enum(['cores', 'bytes', 'bytesPerSecond']),
    /** Seconds. */
    step: z.number(),
    /** At equal steps, oldest first. */
    points: z.array(metricPointSchema),
    notes: z.array(z.string()),
  }),
  metricsUnavailableSchema,
]);
export type MetricsHistory = z.infer<typeof metricsHistorySchema>;

/** A source of numbers, whether it works, and how that was found out. */
export const metricsSourceSchema = z.object({
  id: z.enum(['metrics-server', 'prometheus']),
  state: z.enum(['available', 'unavailable']),
  /** Where it is: `Service monitoring/prometheus, port 9090`; null where there is none. */
  place: z.string().nullable(),
  reason: z.string().nullable(),
  remedy: z.string().nullable(),
  /** What was looked at, and what came of it. */
  looked: z.array(z.object({ what: z.string(), outcome: z.string() })),
});
export type MetricsSourceState = z.infer<typeof metricsSourceSchema>;
