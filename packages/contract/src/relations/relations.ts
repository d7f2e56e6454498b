import * as z from 'zod';
import { healthStateSchema } from '../issues/issue.ts';
import { objectRefSchema } from '../objects/object-ref.ts';

/** An object beside another one, as it is at the moment. */
export const relatedObjectSchema = z.object({
  object: objectRefSchema,
  /** Whether it is there; one that is only referred to may not be. */
  exists: z.boolean(),
  state: healthStateSchema,
  /** A few words; empty where there is nothing to say. */
  text: z.string(),
});
export type RelatedObject = z.infer<typeof relatedObjectSchema>;

export const neighbourSchema = relatedObjectSchema.extend({
  /** What the diagnosis calls it: `mounts`, `selects`, `routes`. */
  type: z.string(),
  /** `out`: the object that was asked for says so; `in`: the neighbour does. */
  direction: z.enum(['out', 'in']),
  /** The field that says so. */
  path: z.string(),
  /** What the field says besides the name: a port, a key; null where it says nothing. */
  detail: z.string().nullable(),
});
export type Neighbour = z.infer<typeof neighbourSchema>;

export const relationsSchema = z.object({
  /** The controllers above it, the nearest first. */
  owners: z.array(relatedObjectSchema),
  /** What it made, and what that made, at most 200. */
  owned: z.array(relatedObjectSchema),
  /** Without owners and owned, at most 60 of each relation. */
  neighbours: z.array(neighbourSchema),
  /** How many neighbours were left out. */
  leftOut: z.number().int().nonnegative(),
});
export type Relations = z.infer<typeof relationsSchema>;
