import * as z from 'zod';
import { objectRefSchema } from '../objects/object-ref.ts';
import { issueLifeSchema, issueTransitionSchema, pastChangeSchema, timelineEntrySchema } from './timeline.ts';

/** From worst to mildest; the order is the sort order everywhere. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

/** How sure the engine is: the state entails it, the state and one corroboration, or neither. */
export const confidences = ['certain', 'likely', 'possible', 'unexplained'] as const;
export const confidenceSchema = z.enum(confidences);
export type Confidence = z.infer<typeof confidenceSchema>;

export const evidenceSources = ['spec', 'status', 'event', 'log', 'certificate', 'secretShape', 'metadata', 'metrics', 'absence'] as const;

/** One thing that was seen, with the exact place it was seen at. `text` is the reading for people. */
export const evidenceSchema = z.object({
  source: z.enum(evidenceSources),
  object: objectRefSchema,
  text: z.string(),
  /** Field path inside the object, e.g. `spec.storageClassName`; null for events and logs. */
  path: z.string().nullable(),
  /** The value that was read, as it stands there; always part of `text`. */
  value: z.string().nullable(),
  container: z.string().nullable(),
  /** ISO 8601; null where the source carries no time. */
  at: z.string().nullable(),
  count: z.number().int().positive().nullable(),
  /** Whether this piece decides the cause; the page marks it. */
  decisive: z.boolean(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** The state of an object on the chain, as shape, colour and word show it. */
export const healthStates = ['missing', 'critical', 'high', 'medium', 'low', 'pending', 'healthy', 'scaledToZero', 'paused', 'unknown'] as const;
export const healthStateSchema = z.enum(healthStates);
export type HealthState = z.infer<typeof healthStateSchema>;

/** One object on the way from the cause to a symptom (last); before the cause may stand what it refers to and is missing. */
export const chainNodeSchema = z.object({
  object: objectRefSchema,
  exists: z.boolean(),
  state: healthStateSchema,
  /** A few words: `Pending`, `0/2 ready`, `missing`. */
  stateText: z.string(),
  /** How this object hangs on the one before it (`mounts`, `calls`, …) and the port or field that says so; null for the first. */
  relation: z.string().nullable(),
  relationDetail: z.string().nullable(),
});
export type ChainNode = z.infer<typeof chainNodeSchema>;

/** What an analyser saw on one object, rendered for people. */
export const findingSchema = z.object({
  id: z.string(),
  code: z.string(),
  severity: severitySchema,
  object: objectRefSchema,
  message: z.string(),
  since: z.string().nullable(),
  evidence: z.array(evidenceSchema),
});
export type Finding = z.infer<typeof findingSchema>;

/** Who found an issue: this engine, or another that wrote it down in the cluster. */
export const issueSources = ['quarterdeck', 'k8sgpt'] as const;
export const issueSourceSchema = z.object({
  source: z.enum(issueSources),
  /** Where another wrote it down; null for our own. */
  object: objectRefSchema.nullable(),
  /** The other's own words; null for our own. */
  text: z.string().nullable(),
});
export type IssueSource = z.infer<typeof issueSourceSchema>;

/**
 * One incident: everything that has one cause. `kind`, `namespace` and `name` say which object a person looks at
 * first (the cause where it is known, else the symptom). `id` stays the same from one run to the next.
 */
export const issueSchema = z.object({
  id: z.string(),
  title: z.string(),
  severity: severitySchema,
  kind: z.string(),
  namespace: z.string().nullable(),
  name: z.string(),
  detectedAt: z.string(),
  cause: objectRefSchema.nullable(),
  /** The mechanism in one sentence with the decisive value. */
  explanation: z.string(),
  mechanism: z.string(),
  confidence: confidenceSchema,
  evidence: z.array(evidenceSchema),
  affected: z.array(objectRefSchema),
  /** Who found it; left out where we did alone. */
  sources: z.array(issueSourceSchema).optional(),
  /** Who watches the cluster over time knows it; a single look does not. */
  life: issueLifeSchema.optional(),
});
export type Issue = z.infer<typeof issueSchema>;

/** An issue with everything the incident page shows. */
export const issueDetailSchema = issueSchema.extend({
  /** One chain a symptom, the longest first; each begins at the cause, or at what is missing for it. */
  chains: z.array(z.array(chainNodeSchema)),
  findings: z.array(findingSchema),
  changes: z.array(pastChangeSchema),
  /** Changes, events and states around it, the oldest first; the changes are always among them. */
  timeline: z.array(timelineEntrySchema),
  /** Its own life, the oldest first; empty for a single look. */
  history: z.array(issueTransitionSchema),
  notSeen: z.array(z.string()),
  dismissed: z.object({ reason: z.string(), at: z.string(), by: z.string() }).nullable(),
});
export type IssueDetail = z.infer<typeof issueDetailSchema>;

/** What could not be looked at, and why; a page is only as honest as this. */
export const coverageSchema = z.object({
  complete: z.boolean(),
  skipped: z.array(z.object({ what: z.string(), reason: z.string() })),
  /** Whether others who look for faults were heard; that one is not installed (`absent`) is no gap. */
  sources: z.array(z.object({ source: z.enum(issueSources), state: z.enum(['read', 'absent', 'forbidden', 'failed', 'unread']), text: z.string() })).optional(),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** What `qd issues --output json` prints. */
export const issueReportSchema = z.object({
  cluster: z.string(),
  issues: z.array(issueSchema),
  findings: z.array(findingSchema),
  coverage: coverageSchema,
});
export type IssueReport = z.infer<typeof issueReportSchema>;
