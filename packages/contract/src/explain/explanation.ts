import * as z from 'zod';

/** What is pointed at: `text` is a line of a log or a message, in which something may be known. */
export const explainedAs = ['reason', 'condition', 'exitCode', 'check', 'term', 'kind', 'text'] as const;
export type ExplainedAs = (typeof explainedAs)[number];

/** What the engine knows of a word or a line, without a model and without the cluster. */
export const explanationSchema = z.object({
  /** As Kubernetes writes it. */
  title: z.string(),
  meaning: z.string(),
  /** What it usually comes from; null where there is no usual. */
  usually: z.string().nullable(),
  /** Where to look next. */
  look: z.string().nullable(),
});
export type Explanation = z.infer<typeof explanationSchema>;

export const explainRequestSchema = z.object({ as: z.enum(explainedAs), what: z.string().trim().min(1).max(2_000) });
