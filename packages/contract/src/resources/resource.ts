import * as z from 'zod';
import { errorBodySchema } from '../errors/app-error.ts';
import { healthStateSchema } from '../issues/issue.ts';
import { objectRefSchema } from '../objects/object-ref.ts';

/** A kind that the cluster serves. `apiVersion` and `kind` name it; `plural` is its place in the API's paths. */
export const resourceKindSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  plural: z.string(),
  namespaced: z.boolean(),
  shortNames: z.array(z.string()),
  /** Where navigation lists it. */
  group: z.enum(['workloads', 'network', 'config', 'storage', 'cluster', 'access', 'custom']),
  verbs: z.array(z.string()),
});
export type ResourceKind = z.infer<typeof resourceKindSchema>;

/** `time` cells are ISO 8601 and shown as ages; `number` cells align right, and so do a `quantity`'s (`10Gi`), which sort by what they are worth. */
export const columnSchema = z.object({
  id: z.string(),
  label: z.string(),
  type: z.enum(['text', 'number', 'quantity', 'time', 'status', 'name']),
  /** Shown on request alone, as with `kubectl get -o wide`. */
  wide: z.boolean().optional(),
});
export type Column = z.infer<typeof columnSchema>;

export const cellSchema = z.union([z.string(), z.number(), z.null()]);
export type Cell = z.infer<typeof cellSchema>;

export const rowSchema = z.object({
  /** The object's uid; the row's identity across updates. */
  uid: z.string(),
  object: objectRefSchema,
  /** In the order of the columns. */
  cells: z.array(cellSchema),
  state: healthStateSchema,
});
export type Row = z.infer<typeof rowSchema>;

/** Where somebody may not look, or where the API server does not answer: the rows are those of the other namespaces. */
export const unreadScopeSchema = z.object({ namespace: z.string(), code: errorBodySchema.shape.code, error: z.string() });
export type UnreadScope = z.infer<typeof unreadScopeSchema>;

export const resourceListSchema = z.object({
  kind: z.string(),
  apiVersion: z.string(),
  columns: z.array(columnSchema),
  items: z.array(rowSchema),
  /** Rows that match, of which `items` is the window. */
  total: z.number().int().nonnegative(),
  /** Left out where everything that was asked for was read. */
  unread: z.array(unreadScopeSchema).optional(),
});
export type ResourceList = z.infer<typeof resourceListSchema>;

/** What the cells of a column hold, the most frequent first; for who types a filter. */
export const cellValuesSchema = z.object({
  values: z.array(z.object({ value: z.string(), count: z.number().int().positive() })),
  /** Whether there are others, which are rarer. */
  more: z.boolean(),
});
export type CellValues = z.infer<typeof cellValuesSchema>;

/** A node of the resource tree: namespaces → workloads → pods → containers. */
export interface TreeNode {
  id: string;
  label: string;
  kind: string;
  object: z.infer<typeof objectRefSchema> | null;
  state: z.infer<typeof healthStateSchema>;
  stateText: string;
  children: TreeNode[];
}

export const treeNodeSchema: z.ZodType<TreeNode> = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.string(),
  object: objectRefSchema.nullable(),
  state: healthStateSchema,
  stateText: z.string(),
  get children() {
    return z.array(treeNodeSchema);
  },
});

/** One object as the cluster has it; the values of Secrets are replaced by their lengths. */
export const resourceObjectSchema = z.object({
  object: z.record(z.string(), z.unknown()),
  yaml: z.string(),
});
export type ResourceObject = z.infer<typeof resourceObjectSchema>;
