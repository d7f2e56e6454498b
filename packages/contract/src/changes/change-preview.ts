import * as z from 'zod';
import { dangerSchema } from '../access/danger.ts';
import { errorBodySchema } from '../errors/app-error.ts';
import { objectRefSchema } from '../objects/object-ref.ts';
import { impactSchema } from '../plans/plan.ts';
import { changeSchema } from './change.ts';

const objectSchema = z.record(z.string(), z.unknown());

/** One field that differs. Paths are written as the API server writes them: `.spec.containers[name="web"].image`. */
export const fieldChangeSchema = z.object({
  path: z.string(),
  type: z.enum(['added', 'removed', 'changed']),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type FieldChange = z.infer<typeof fieldChangeSchema>;

/** What differs between two states of an object: field by field, and as a unified diff of their YAML. */
export const objectDiffSchema = z.object({
  fields: z.array(fieldChangeSchema),
  /** Empty where nothing differs. */
  text: z.string(),
});
export type ObjectDiff = z.infer<typeof objectDiffSchema>;

/** Fields of the change that another manager owns and has set to something else. */
export const fieldConflictSchema = z.object({
  manager: z.string(),
  fields: z.array(z.string()),
  /** ISO 8601: when that manager last wrote; null where the server does not say. */
  since: z.string().nullable(),
  /** `Apply` or `Update`, with the subresource it wrote through. */
  operation: z.string().nullable(),
});
export type FieldConflict = z.infer<typeof fieldConflictSchema>;

/** Something that will set the object again to what it thinks right. */
export const managerNoteSchema = z.object({ tool: z.enum(['helm', 'argo', 'flux', 'owner', 'autoscaler', 'addon']), name: z.string(), note: z.string() });
export type ManagerNote = z.infer<typeof managerNoteSchema>;

export const changeRequestSchema = z.object({
  method: z.string(),
  path: z.string(),
  query: z.record(z.string(), z.string()),
  contentType: z.string(),
  subject: z.object({ verb: z.string(), group: z.string(), resource: z.string(), namespace: z.string().nullable(), name: z.string() }),
});

/** What a change would do, as the API server says when it is asked to do it without keeping it. */
export const changePreviewSchema = z.object({
  /** The change with what was left open filled in (which revision): send this one. */
  change: changeSchema,
  request: changeRequestSchema,
  /** Null where it does not exist yet. Without managed fields and status; Secrets without values. */
  before: objectSchema.nullable(),
  /** Null where it is gone afterwards. */
  after: objectSchema.nullable(),
  /** Of the state before; send it along to be sure that nobody was faster. */
  resourceVersion: z.string().nullable(),
  diff: objectDiffSchema,
  /** What the API server and admission had to say. */
  warnings: z.array(z.string()),
  /** While there are any, the change is refused unless it is an apply with `force`. The diff is what force would do. */
  conflicts: z.array(fieldConflictSchema),
  managedBy: z.array(managerNoteSchema),
  impact: z.object({ level: impactSchema, note: z.string() }),
  /** By what the request itself says, whatever it turns out to change. */
  danger: dangerSchema,
});
export type ChangePreview = z.infer<typeof changePreviewSchema>;

export const changeResultSchema = z.object({
  /** The object afterwards, Secrets without values; null where it is gone. */
  object: objectSchema.nullable(),
  warnings: z.array(z.string()),
});
export type ChangeResult = z.infer<typeof changeResultSchema>;

const errorSchema = errorBodySchema.omit({ requestId: true });
const outcome = { target: objectRefSchema };

/** One row for every change, in the order they were given. */
export const bulkPreviewSchema = z.object({
  items: z.array(
    z.discriminatedUnion('outcome', [
      z.object({ ...outcome, outcome: z.literal('previewed'), preview: changePreviewSchema }),
      z.object({ ...outcome, outcome: z.literal('failed'), error: errorSchema }),
    ]),
  ),
});
export type BulkPreview = z.infer<typeof bulkPreviewSchema>;

/** `skipped`: it was deleted together with its owner, or the run was cancelled before its turn. */
export const bulkResultSchema = z.object({
  items: z.array(
    z.discriminatedUnion('outcome', [
      z.object({ ...outcome, outcome: z.literal('done'), result: changeResultSchema }),
      z.object({ ...outcome, outcome: z.literal('failed'), error: errorSchema }),
      z.object({ ...outcome, outcome: z.literal('skipped'), reason: z.string() }),
    ]),
  ),
});
export type BulkResult = z.infer<typeof bulkResultSchema>;
