import * as z from 'zod';

/** A place in the stream of bytes that a session has put out since it began. */
const offset = z.number().int().nonnegative();

/** One command and what it put out. */
export const terminalBlockSchema = z.object({
  id: z.string(),
  /** The session's id. */
  session: z.string(),
  command: z.string().nullable(),
  /** The shell itself said so, with the session's secret: no program that merely writes can. */
  trusted: z.boolean(),
  cwd: z.string().nullable(),
  kube: z.object({ context: z.string(), namespace: z.string() }).nullable(),
  startOffset: offset,
  outputOffset: offset.nullable(),
  endOffset: offset.nullable(),
  /** ISO 8601. */
  startedAt: z.string(),
  durationMs: z.number().nonnegative().nullable(),
  exit: z.number().int().nullable(),
  /** Its beginning is no longer kept. */
  truncated: z.boolean(),
  bookmarked: z.boolean(),
});
export type TerminalBlock = z.infer<typeof terminalBlockSchema>;
