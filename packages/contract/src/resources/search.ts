import * as z from 'zod';
import { healthStateSchema } from '../issues/issue.ts';
import { objectRefSchema } from '../objects/object-ref.ts';

export const foundObjectSchema = z.object({
  object: objectRefSchema,
  state: healthStateSchema,
  /** The state in a word, as the tables have it. */
  stateText: z.string(),
  /** The label or address that fitted, where it was neither the name nor the kind or namespace. */
  by: z.string().nullable(),
});
export type FoundObject = z.infer<typeof foundObjectSchema>;

export const foundObjectsSchema = z.object({
  /** The best first. */
  items: z.array(foundObjectSchema),
  /** All that fit, of which `items` is the first part. */
  total: z.number().int().nonnegative(),
});
export type FoundObjects = z.infer<typeof foundObjectsSchema>;
