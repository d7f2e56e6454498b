import * as z from 'zod';

/** What a person looks at while they ask. */
export const focusSchema = z.object({
  /** The page of the workbench, or null where there is none (a terminal). */
  page: z.string().max(200).nullable().default(null),
  namespace: z.string().max(63).nullable().default(null),
  /** The object that is open or selected. */
  object: z
    .object({ kind: z.string().max(253), namespace: z.string().max(63).nullable(), name: z.string().max(253) })
    .nullable()
    .default(null),
  issueId: z.string().max(200).nullable().default(null),
});
export type AskedFocus = z.infer<typeof focusSchema>;
