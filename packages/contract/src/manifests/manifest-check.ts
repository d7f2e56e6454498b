import * as z from 'zod';
import { changeSchema } from '../changes/change.ts';
import { fieldConflictSchema } from '../changes/change-preview.ts';

export const manifestProblemSchema = z.object({
  /** `server`: its dry run; `policy`: advice of the checks for good manifests. */
  source: z.enum(['server', 'policy']),
  /** Whether it can be applied all the same. */
  advice: z.boolean(),
  /** The check's code, or the error's. */
  code: z.string(),
  /** Field path inside the object; null where the object as a whole is meant. */
  path: z.string().nullable(),
  message: z.string(),
  /** What to do about it, where the cluster says so. */
  hint: z.string().nullable(),
});
export type ManifestProblem = z.infer<typeof manifestProblemSchema>;

/** What would come of one document of a text. */
export const checkedDocumentSchema = z.object({
  change: changeSchema,
  /** `untried`: its namespace is made with it, so that nothing can be tried in it yet. */
  outcome: z.enum(['created', 'changed', 'unchanged', 'untried', 'refused']),
  problems: z.array(manifestProblemSchema),
  conflicts: z.array(fieldConflictSchema),
});
export type CheckedDocument = z.infer<typeof checkedDocumentSchema>;

/** In the order in which they can be applied: what others need comes first. */
export const checkedManifestsSchema = z.object({ documents: z.array(checkedDocumentSchema) });
export type CheckedManifests = z.infer<typeof checkedManifestsSchema>;
