import * as z from 'zod';
import { objectRefSchema } from '../objects/object-ref.ts';
import { changeSchema } from './change.ts';
import { fieldConflictSchema } from './change-preview.ts';

const object = z.record(z.string(), z.unknown());

/** An object as somebody read it, and as they want it. Status and what the server keeps count with have no say. */
export const editSchema = z.object({
  target: objectRefSchema,
  /** With its `metadata.resourceVersion`: an object that is another one by now is not edited on this ground. */
  base: object,
  edited: object,
});
export type Edit = z.infer<typeof editSchema>;

/** The one change that an edit is, and who else has set the fields that it changes. */
export const editPlanSchema = z.object({
  /** A server-side apply; a JSON patch where fields are taken away, or where the object is a Secret. */
  change: changeSchema,
  /** Refused unless the apply forces it. */
  conflicts: z.array(fieldConflictSchema),
});
export type EditPlan = z.infer<typeof editPlanSchema>;
