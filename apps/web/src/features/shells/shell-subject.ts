import * as z from 'zod';

/** What a tab with a terminal is of. */
export const shellSubjectSchema = z.object({
  /** A program of one's own, or what the container runs anyway. */
  mode: z.enum(['exec', 'attach']),
  namespace: z.string(),
  pod: z.string(),
  /** Left out: the pod's default container. */
  container: z.string().optional(),
  /** The program, with its arguments after blanks; left out, bash or else sh. */
  program: z.string().optional(),
  /** The node that the pod was started on to debug it: it is removed with the tab. */
  node: z.string().optional(),
  /** Tells several shells in the same container apart. */
  number: z.number().optional(),
});
export type ShellSubject = z.infer<typeof shellSubjectSchema>;

/** `bash` where there is one. It takes the place of `sh`, so that ending it ends the session. */
const bashOrSh = ['sh', '-c', 'if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi'];

/** What is run; empty for `attach`. */
export function commandOf({ mode, program = '' }: Pick<ShellSubject, 'mode' | 'program'>): string[] {
  if (mode === 'attach') return [];
  const words = program.split(/\s+/).filter((word) => word !== '');
  return words.length === 0 ? bashOrSh : words;
}
