import * as z from 'zod';

/** The types that JSON has; a value that may be any of several (a port, a quantity) lists them all. */
export const valueTypes = ['string', 'integer', 'number', 'boolean', 'object', 'array'] as const;
export type ValueType = (typeof valueTypes)[number];

/** What a field takes, as far as one who writes it wants to know. */
export interface FieldSchema {
  /** The name of the definition that says the rest; what stands beside it is about this field alone. */
  ref?: string | undefined;
  description?: string | undefined;
  /** Left out: anything. */
  types?: ValueType[] | undefined;
  format?: string | undefined;
  enum?: (string | number | boolean | null)[] | undefined;
  default?: unknown;
  required?: string[] | undefined;
  properties?: Record<string, FieldSchema> | undefined;
  /** Of each item of a list. */
  items?: FieldSchema | undefined;
  /** Of each value of a map whose keys are free. */
  values?: FieldSchema | undefined;
  /** The fields that tell the items of a list apart; a list without them is one value. */
  listKeys?: string[] | undefined;
  /** Whether the fields of an object belong together: who writes one of them writes all. */
  atomic?: boolean | undefined;
  /** Whether the items of a list are a set, of which each writer has their own. */
  set?: boolean | undefined;
  /** Whether fields that are not named here are kept. */
  open?: boolean | undefined;
}

export const fieldSchemaSchema: z.ZodType<FieldSchema> = z.object({
  ref: z.string().optional(),
  description: z.string().optional(),
  types: z.array(z.enum(valueTypes)).optional(),
  format: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  default: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), fieldSchemaSchema).optional();
  },
  get items() {
    return fieldSchemaSchema.optional();
  },
  get values() {
    return fieldSchemaSchema.optional();
  },
  listKeys: z.array(z.string()).optional(),
  atomic: z.boolean().optional(),
  set: z.boolean().optional(),
  open: z.boolean().optional(),
});

/** The schema of one kind, with the definitions that it reaches and no others. */
export const kindSchemaSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespaced: z.boolean(),
  /** The definition of the kind itself. */
  root: z.string(),
  definitions: z.record(z.string(), fieldSchemaSchema),
});
export type KindSchema = z.infer<typeof kindSchemaSchema>;
