import * as z from 'zod';
import { terminalKubeSchema } from './terminal-session.ts';

/** What is kept of the output of one command, as text, with secrets replaced. */
export const terminalBlockOutputSchema = z.object({
  text: z.string(),
  /** Bytes of the output that were not kept; they stood before line `gapAt` of the text, counted from 0. */
  leftOut: z.number().int().nonnegative(),
  gapAt: z.number().int().nonnegative(),
});
export type TerminalBlockOutput = z.infer<typeof terminalBlockOutputSchema>;

/** A command that was run in some shell. Secrets in it are replaced. */
export const terminalHistoryEntrySchema = z.object({
  id: z.string(),
  /** The shell may be gone. */
  session: z.string(),
  command: z.string(),
  cwd: z.string().nullable(),
  kube: terminalKubeSchema.pick({ context: true, namespace: true }).nullable(),
  exit: z.number().int().nullable(),
  /** ISO 8601. */
  startedAt: z.string(),
  durationMs: z.number().nonnegative().nullable(),
});
export type TerminalHistoryEntry = z.infer<typeof terminalHistoryEntrySchema>;

export const terminalHistoryQuerySchema = z.object({
  /** Words that all are part of the command. */
  text: z.string().max(500).optional(),
  /** Of a cluster, by the name of its context. */
  context: z.string().max(500).optional(),
  exit: z.enum(['ok', 'failed']).optional(),
  cwd: z.string().max(4096).optional(),
  /** ISO 8601. */
  since: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type TerminalHistoryQuery = z.infer<typeof terminalHistoryQuerySchema>;

/** A process that belongs to a shell. */
export const terminalProcessSchema = z.object({
  pid: z.number().int(),
  /** That of the shell itself has a parent outside of the list. */
  parent: z.number().int(),
  /** The program without its folder. */
  name: z.string(),
  command: z.string(),
  state: z.enum(['running', 'sleeping', 'waiting', 'stopped', 'zombie']),
  /** It has the terminal: keys go to it. */
  foreground: z.boolean(),
  /** ISO 8601. */
  startedAt: z.string(),
  /** Resident. Bytes. */
  memory: z.number().int().nonnegative(),
  /** Seconds of a processor that it took so far. */
  cpuSeconds: z.number().nonnegative(),
});
export type TerminalProcess = z.infer<typeof terminalProcessSchema>;

/** `busy`: what would end with the shell, besides it. */
export const terminalProcessesSchema = z.object({ processes: z.array(terminalProcessSchema), busy: z.boolean() });
export type TerminalProcesses = z.infer<typeof terminalProcessesSchema>;

/** `from` and `to` are the part of the line that an item replaces. */
export const terminalCompletionSchema = z.object({
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  items: z.array(
    z.object({
      text: z.string(),
      kind: z.enum(['command', 'flag', 'kind', 'object', 'namespace', 'context', 'container', 'value']),
      detail: z.string().nullable(),
    }),
  ),
});
export type TerminalCompletion = z.infer<typeof terminalCompletionSchema>;

/** A text of the screen that names something which exists. */
export const resolvedPathSchema = z.object({
  text: z.string(),
  /** Absolute. */
  path: z.string(),
  kind: z.enum(['file', 'folder']),
  line: z.number().int().positive().nullable(),
  column: z.number().int().positive().nullable(),
});
export type ResolvedPath = z.infer<typeof resolvedPathSchema>;
