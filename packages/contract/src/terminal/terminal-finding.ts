import * as z from 'zod';

/** What was recognised in the output of a command. */
export const terminalFindingSchema = z.object({
  id: z.string(),
  /** The id of the block; null for output outside of any. */
  block: z.string().nullable(),
  /** `testSummary`, `compilerError`, `kubectlError`, `credentialPrompt` and others: a recogniser names its own. */
  kind: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  places: z.array(z.object({ path: z.string(), line: z.number().int().positive().optional(), column: z.number().int().positive().optional() })),
  objects: z.array(z.object({ kind: z.string(), namespace: z.string().nullable(), name: z.string() })),
  /** A command that may help; it is never run by itself. */
  suggestion: z.string().nullable(),
});
export type TerminalFinding = z.infer<typeof terminalFindingSchema>;
