import * as z from 'zod';
import { dangerSchema } from '../access/danger.ts';
import { actApprovalSchema, actUndoSchema, actVias } from '../audit/act.ts';
import { changeSchema } from '../changes/change.ts';
import { changeRequestSchema, fieldConflictSchema, managerNoteSchema, objectDiffSchema } from '../changes/change-preview.ts';
import { errorBodySchema } from '../errors/app-error.ts';
import { impactSchema, planSchema } from '../plans/plan.ts';
import { blastRadiusSchema } from './blast-radius.ts';
import { conditionSchema, conditionStateSchema } from './condition.ts';

/** Seconds. */
const patience = z.number().int().positive().max(3600);
const errorSchema = errorBodySchema.omit({ requestId: true });

/** A step as somebody proposes it. */
export const stepDraftSchema = z.strictObject({
  /** What it is for; left out, the change in words. */
  description: z.string().min(1).max(1000).optional(),
  change: changeSchema,
  /** What must become true before the next step; left out, what follows from the change. An empty list waits for nothing. */
  until: z.array(conditionSchema).max(10).optional(),
  timeoutSeconds: patience.optional(),
});
export type StepDraft = z.infer<typeof stepDraftSchema>;

/** What is to be done: steps made by hand, or those of the plan for an issue. Exactly one of `steps` and `plan`. */
export const actionDraftSchema = z.object({
  title: z.string().min(1).max(300).optional(),
  steps: z.array(stepDraftSchema).min(1).max(50).optional(),
  plan: z
    .strictObject({
      issueId: z.string().min(1),
      userContext: z.string().max(4000).default(''),
      /** Ids of the plan's steps; left out, all that change something. */
      steps: z.array(z.string().min(1)).min(1).optional(),
      /** A plan that was drafted for the issue, in place of the engine's own; its commands are judged by the same rules. */
      drafted: planSchema.optional(),
    })
    .optional(),
  /** The issue that the steps are to end; a plan's own is taken by itself. */
  issueId: z.string().min(1).optional(),
});
export type ActionDraft = z.infer<typeof actionDraftSchema>;

/** What one step would do, from the API server's dry run and from what surrounds the object. */
export const stepPreviewSchema = z.object({
  request: changeRequestSchema,
  diff: objectDiffSchema,
  /** Of the state that it was previewed on; null where there is none. */
  resourceVersion: z.string().nullable(),
  warnings: z.array(z.string()),
  conflicts: z.array(fieldConflictSchema),
  /** Who set the fields that change, where that is no conflict: they may set them back. */
  owners: z.array(fieldConflictSchema),
  managedBy: z.array(managerNoteSchema),
  impact: z.object({ level: impactSchema, note: z.string() }),
  danger: dangerSchema,
  radius: blastRadiusSchema,
  /** How it would be taken back, or why that can't be done. */
  inverse: actUndoSchema,
});
export type StepPreview = z.infer<typeof stepPreviewSchema>;

export const stepStates = ['waiting', 'running', 'validating', 'done', 'failed', 'skipped', 'unknown'] as const;

/** How far a step is. `unknown`: it was cut off, and the cluster does not tell whether it was made. */
export const stepRunSchema = z.object({
  state: z.enum(stepStates),
  /** Its act in the ledger. */
  act: z.string().nullable(),
  /** ISO 8601. */
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  error: errorSchema.nullable(),
  /** Unified diff of what it really changed. */
  diff: z.string().nullable(),
  validation: z.array(conditionStateSchema),
  /** How it is taken back, known from what it did. */
  undo: actUndoSchema.nullable(),
});
export type StepRun = z.infer<typeof stepRunSchema>;

export const actionStepSchema = z.object({
  stepId: z.string(),
  description: z.string(),
  /** With what was left open filled in; of a Secret without values. */
  change: changeSchema,
  kubectl: z.string(),
  until: z.array(conditionSchema),
  timeoutSeconds: patience,
  /** Null where the API server would refuse it; `refused` then says why. */
  preview: stepPreviewSchema.nullable(),
  refused: errorSchema.nullable(),
  run: stepRunSchema,
});
export type ActionStep = z.infer<typeof actionStepSchema>;

export const actionStates = [
  'previewed',
  'approved',
  'running',
  'validating',
  'succeeded',
  'failed',
  'stopped',
  'interrupted',
  'rolledBack',
  'expired',
] as const;
export type ActionState = (typeof actionStates)[number];

/** States from which nothing happens by itself any more. */
export const finalActionStates: ReadonlySet<ActionState> = new Set(['succeeded', 'failed', 'stopped', 'interrupted', 'rolledBack', 'expired']);

/**
 * One change or several in order, from its preview to its end. What is approved is exactly what `hash` stands for: the
 * requests with their bodies, the states of the objects that they were tried on, and what came of it.
 */
export const actionSchema = z.object({
  id: z.string(),
  cluster: z.string(),
  title: z.string(),
  issue: z.string().nullable(),
  state: z.enum(actionStates),
  /** Why it is in this state, where that needs a word. */
  reason: z.string().nullable(),
  proposedBy: z.object({
    id: z.string(),
    kind: z.enum(['person', 'agent', 'server']),
    /** `assistant`: a model put it together in a conversation of theirs; left out where nobody said. */
    via: z.enum(actVias).optional(),
  }),
  /** ISO 8601. */
  createdAt: z.string(),
  /** Until when it can be approved. */
  expiresAt: z.string(),
  hash: z.string(),
  steps: z.array(actionStepSchema),
  /** Steps of the plan that are none here: they only look, or a person does them. */
  leftOut: z.array(z.object({ stepId: z.string(), description: z.string(), kubectl: z.string().nullable(), reason: z.string() })),
  /** Why it can't be approved as it is; empty where it can. */
  obstacles: z.array(z.string()),
  /** What must become true after the last step: the issue is gone. */
  validation: z.array(conditionStateSchema),
  approval: actApprovalSchema.nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** The action that this one takes back. */
  undoes: z.string().nullable(),
  /** The action that takes this one back. */
  undoneBy: z.string().nullable(),
});
export type Action = z.infer<typeof actionSchema>;

export const actionPageSchema = z.object({ actions: z.array(actionSchema), next: z.string().nullable() });
export type ActionPage = z.infer<typeof actionPageSchema>;
