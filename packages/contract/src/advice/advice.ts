import * as z from 'zod';
import { coverageSchema } from '../issues/issue.ts';
import { objectRefSchema } from '../objects/object-ref.ts';

/** Advice never says that something is broken: `low` may bite one day, `info` is good to know. */
export const adviceSeverities = ['low', 'info'] as const;
export const adviceSeveritySchema = z.enum(adviceSeverities);
export type AdviceSeverity = z.infer<typeof adviceSeveritySchema>;

/** One place that a check speaks of. */
export const advicePlaceSchema = z.object({
  object: objectRefSchema,
  /** Field path inside the object; null where the object as a whole is meant. */
  path: z.string().nullable(),
  container: z.string().nullable(),
  message: z.string(),
});
export type AdvicePlace = z.infer<typeof advicePlaceSchema>;

/** What one check says of one workload (or of an object that stands alone); its check and object identify it. */
export const adviceSchema = z.object({
  /** The code of the check: `image-latest`. */
  check: z.string(),
  title: z.string(),
  severity: adviceSeveritySchema,
  /** The top controller of all places, or the object itself. */
  object: objectRefSchema,
  places: z.array(advicePlaceSchema).min(1),
});
export type Advice = z.infer<typeof adviceSchema>;

/** What `qd lint --output json` prints, and what GET /api/advice answers. */
export const adviceReportSchema = z.object({
  cluster: z.string(),
  advice: z.array(adviceSchema),
  /** How many places an annotation `quarterdeck.dev/ignore` silenced. */
  ignored: z.number().int().nonnegative(),
  coverage: coverageSchema,
});
export type AdviceReport = z.infer<typeof adviceReportSchema>;

/** What is known of one check that gives advice. */
export const adviceCheckSchema = z.object({
  code: z.string(),
  title: z.string(),
  severity: adviceSeveritySchema,
  pack: z.enum(['advice', 'policy']),
  /** Why it matters and what to do. */
  documentation: z.string(),
  /** What looks like it and is left alone. */
  silentWhen: z.string(),
});
export type AdviceCheck = z.infer<typeof adviceCheckSchema>;
