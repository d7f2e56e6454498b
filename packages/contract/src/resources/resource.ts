import * as z from 'zod';
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

/** `time` cells are ISO 8601 and shown as ages; `number` cells align right. */
export const columnSchema = z.object({
  id: z.string(),
  label: z.string(),
  type: z.enum(['text', 'number', 'time', 'status', 'name']),
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

export const resourceListSchema = z.object({
  kind: z.string(),
  apiVersion: z.string(),
  columns: z.array(columnSchema),
  items: z.array(rowSchema),
  /** Rows that match, of which `items` is the window. */
  total: z.number().int().nonnegative(),
});
export type ResourceList = z.infer<typeof resourceListSchema>;

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
