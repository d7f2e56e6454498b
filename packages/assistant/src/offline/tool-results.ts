import {
  coverageSchema,
  type HelmReleaseList,
  healthStateSchema,
  helmReleaseListSchema,
  issueDetailSchema,
  issueSchema,
  nodeUsageSchema,
  planSchema,
  podUsageSchema,
  timelineEntrySchema,
} from '@quarterdeck/contract';
import * as z from 'zod';

const count = (amount: number, one: string) => `${amount} ${one}${amount === 1 ? '' : 's'}`;

/** What the tools answer, as far as answers use it, and how that is summed up where calls are listed. */
export const issueList = {
  schema: z.object({ issues: z.array(issueSchema.omit({ evidence: true })), coverage: coverageSchema }),
  summary: ({ issues }: { issues: readonly unknown[] }) => count(issues.length, 'issue'),
};
export type ListedIssue = z.infer<typeof issueList.schema>['issues'][number];

export const issueDetail = { schema: issueDetailSchema, summary: ({ title }: { title: string }) => title };

export const plan = { schema: planSchema, summary: ({ quickFix }: z.infer<typeof planSchema>) => count(quickFix.steps.length, 'step') };

const cell = z.union([z.string(), z.number(), z.null()]);
export const resourceList = {
  schema: z.object({
    kind: z.string(),
    apiVersion: z.string(),
    total: z.number(),
    items: z.array(z.object({ state: healthStateSchema }).catchall(cell)),
  }),
  summary: ({ kind, total }: { kind: string; total: number }) => `${total} of ${kind}`,
};
export type ListedRow = z.infer<typeof resourceList.schema>['items'][number];

const stateSchema = z.object({ state: healthStateSchema, text: z.string() });
export const description = {
  schema: z.object({
    object: z.string(),
    state: stateSchema,
    createdAt: z.string().nullable(),
    deletedAt: z.string().nullable(),
    owner: z.string().nullable(),
    conditions: z.array(z.object({ type: z.string(), status: z.string(), reason: z.string().optional(), message: z.string().optional() })),
    pods: z.array(z.object({ name: z.string(), state: z.string().nullable() })),
    issues: z.array(z.object({ id: z.string(), title: z.string() })),
    events: z.array(z.object({ at: z.string(), type: z.string(), reason: z.string(), message: z.string(), count: z.number() })),
    changes: z.array(z.object({ at: z.string(), by: z.string().nullable(), what: z.string() })),
    relations: z.array(z.object({ from: z.string(), relation: z.string(), to: z.string(), path: z.string(), state: z.string().nullable() })),
  }),
  summary: ({ state }: { state: { text: string } }) => state.text,
};
export type Described = z.infer<typeof description.schema>;

export const wholeObject = { schema: z.record(z.string(), z.unknown()), summary: () => 'as the cluster keeps it' };

export const logLines = {
  schema: z.object({ object: z.string(), lines: z.array(z.string()), linesRead: z.number(), left: z.number() }),
  summary: ({ lines }: { lines: readonly string[] }) => count(lines.length, 'line'),
};

export const eventList = {
  schema: z.object({
    total: z.number(),
    events: z.array(
      z.object({ lastAt: z.string().nullable(), type: z.string(), reason: z.string(), object: z.string(), message: z.string(), count: z.number() }),
    ),
  }),
  summary: ({ total }: { total: number }) => count(total, 'event'),
};

const unavailable = z.object({ state: z.literal('unavailable'), reason: z.string(), remedy: z.string() });
export const podUsage = {
  schema: z.union([unavailable, z.object({ pods: z.array(podUsageSchema), total: z.number(), notes: z.array(z.string()) })]),
  summary: (value: { reason: string } | { total: number }) => ('reason' in value ? value.reason : count(value.total, 'pod')),
};
export const nodeUsage = {
  schema: z.union([unavailable, z.object({ nodes: z.array(nodeUsageSchema), total: z.number(), notes: z.array(z.string()) })]),
  summary: (value: { reason: string } | { total: number }) => ('reason' in value ? value.reason : count(value.total, 'node')),
};

export const neighbours = {
  schema: z.object({
    object: z.string(),
    relations: z.array(z.object({ from: z.string(), relation: z.string(), to: z.string(), path: z.string(), state: z.string().nullable() })),
    left: z.number(),
  }),
  summary: ({ relations }: { relations: readonly unknown[] }) => count(relations.length, 'relation'),
};

export type Related = z.infer<typeof neighbours.schema>['relations'][number];

export const timeline = {
  schema: z.array(timelineEntrySchema.extend({ object: z.string() })),
  summary: (entries: readonly unknown[]) => `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`,
};

export const fieldExplanation = {
  schema: z.object({
    apiVersion: z.string(),
    path: z.string(),
    type: z.string(),
    description: z.string(),
    required: z.boolean(),
    values: z.array(z.string()),
    fields: z.array(z.object({ name: z.string(), type: z.string(), required: z.boolean(), description: z.string() })),
  }),
  summary: ({ path }: { path: string }) => path,
};

export const releaseList = {
  schema: helmReleaseListSchema,
  summary: (list: HelmReleaseList) => (list.state === 'read' ? count(list.releases.length, 'release') : list.reason),
};
