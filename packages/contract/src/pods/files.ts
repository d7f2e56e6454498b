import * as z from 'zod';

export const fileTypes = ['file', 'folder', 'link', 'device', 'socket', 'pipe'] as const;

export const fileEntrySchema = z.object({
  name: z.string(),
  type: z.enum(fileTypes),
  /** Bytes. */
  size: z.number(),
  /** Permission bits in octal, as `0644`. */
  mode: z.string(),
  /** ISO 8601. */
  modifiedAt: z.string(),
  /** Where a link leads; null for everything else. */
  target: z.string().nullable(),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

export const fileListSchema = z.object({ path: z.string(), entries: z.array(fileEntrySchema) });

/** Which files. */
export const filePlace = {
  namespace: z.string().min(1),
  pod: z.string().min(1),
  /** Left out: the pod's default container. */
  container: z.string().min(1).optional(),
  /** A debug container beside it that runs, whose programs are used where the container has none. */
  via: z.string().min(1).optional(),
  /** Absolute. */
  path: z.string().min(1).max(4096),
};
