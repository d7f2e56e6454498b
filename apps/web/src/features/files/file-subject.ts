import * as z from 'zod';

/** Which folder of which container a tab shows. */
export const fileSubjectSchema = z.object({
  namespace: z.string(),
  pod: z.string(),
  /** Left out: the pod's default container. */
  container: z.string().optional(),
  /** Absolute. */
  path: z.string(),
  /** The debug container whose programs are used. */
  via: z.string().optional(),
});
export type FileSubject = z.infer<typeof fileSubjectSchema>;
