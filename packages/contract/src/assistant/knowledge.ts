import * as z from 'zod';

/** A path below a folder of runbooks: names of letters, digits, `.`, `_`, `-` and blanks, between slashes; the last ends in `.md`, and none begins with a dot. */
export const runbookPathSchema = z
  .string()
  .max(200)
  .regex(/^(?:[\p{L}\p{N}_-][\p{L}\p{N} ._-]*\/)*[\p{L}\p{N}_-][\p{L}\p{N} ._-]*\.md$/u, 'must be the path of a .md file, without .. and hidden names');

export const runbookFileSchema = z.object({
  path: z.string(),
  title: z.string(),
  /** How many passages it was read as. */
  passages: z.number().int(),
  /** Characters. */
  size: z.number().int(),
  /** Why it is not read; null where it is. */
  problem: z.string().nullable(),
});
export type RunbookFile = z.infer<typeof runbookFileSchema>;

export const runbookFolderSchema = z.object({
  /** As it is configured. */
  folder: z.string(),
  /** Whether runbooks can be added, changed and removed here. */
  writable: z.boolean(),
  problem: z.string().nullable(),
  files: z.array(runbookFileSchema),
});
export type RunbookFolder = z.infer<typeof runbookFolderSchema>;

export const passageSchema = z.object({
  id: z.string(),
  type: z.enum(['runbook', 'resolved']),
  title: z.string(),
  citation: z.string(),
  text: z.string(),
  rating: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
});

/** What is known besides the cluster: runbooks, and issues that went away with what was said of them. */
export const knowledgeOverviewSchema = z.object({
  folders: z.array(runbookFolderSchema),
  /** Resolved issues of the cluster, as far as the person may see them. */
  resolved: z.array(passageSchema),
});
export type KnowledgeOverview = z.infer<typeof knowledgeOverviewSchema>;

export const knowledgeHitSchema = passageSchema.extend({
  score: z.number(),
  /** Why it was found. */
  because: z.array(z.enum(['mechanism', 'code', 'kind', 'words'])),
});
export type FoundPassage = z.infer<typeof knowledgeHitSchema>;
