import * as z from 'zod';

/** Characters. Applications that draw a whole screen need no more, and a grid of it must fit into memory. */
export const largestTerminalSide = 2000;
export const terminalSide = z.number().int().min(1).max(largestTerminalSide);

export const terminalStates = ['running', 'exited', 'lost'] as const;

/** `signal` by its name (SIGHUP). Both null: it ended, and how is not known. */
export const terminalExitSchema = z.object({ code: z.number().int().nullable(), signal: z.string().nullable() });
export type TerminalExit = z.infer<typeof terminalExitSchema>;

/** Which cluster the shell's kubectl speaks to. */
export const terminalKubeSchema = z.object({
  context: z.string(),
  namespace: z.string(),
  /** It does not follow what is selected in the workbench. */
  pinned: z.boolean(),
  production: z.boolean(),
});
export type TerminalKube = z.infer<typeof terminalKubeSchema>;

export const terminalSessionSchema = z.object({
  id: z.uuid(),
  /** Stands for the session in frames. */
  number: z.number().int().min(1).max(0xffff_ffff),
  name: z.string(),
  /** The program without its folder. */
  shell: z.string(),
  pid: z.number().int(),
  /** The person whose session it is. */
  owner: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  cwd: z.string().nullable(),
  title: z.string().nullable(),
  columns: terminalSide,
  rows: terminalSide,
  /** `lost`: its process is gone with the host; what it showed is kept. */
  state: z.enum(terminalStates),
  exit: terminalExitSchema.nullable(),
  /** How many pages have it open. */
  viewers: z.number().int().nonnegative(),
  /** The page that types, by the id it gave itself. */
  writer: z.string().nullable(),
  kube: terminalKubeSchema.nullable(),
  /** The command in the foreground; null at the prompt. */
  running: z.string().nullable(),
  /** Whether the shell tells where its commands begin and end. */
  integrated: z.boolean(),
  observed: z.boolean(),
  /** What is typed is not shown: a password is asked for. */
  hidden: z.boolean(),
  /** Since when nobody looks; ISO 8601. */
  detachedAt: z.string().nullable(),
});
export type TerminalSession = z.infer<typeof terminalSessionSchema>;

/** What a session is started with. */
export const terminalRequestSchema = z.object({
  /** Of the page that will show it: a program that asks for the size at once must not be told a wrong one. */
  columns: terminalSide,
  rows: terminalSide,
  /** A path, or a name that is looked up in PATH; left out, the one of the configuration or of the person. */
  shell: z.string().min(1).max(1000).optional(),
  /** Absolute; left out, the home folder. */
  cwd: z.string().min(1).max(4096).optional(),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable'), z.string().max(32_768)).optional(),
  name: z.string().trim().min(1).max(100).optional(),
  namespace: z.string().optional(),
  /** Stays with its cluster whatever is selected later. */
  pinned: z.boolean().optional(),
});
export type TerminalRequest = z.infer<typeof terminalRequestSchema>;

export const terminalChangeSchema = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  observed: z.boolean().optional(),
  kube: terminalKubeSchema.omit({ production: true }).optional(),
});
export type TerminalChange = z.infer<typeof terminalChangeSchema>;

export const terminalSignals = ['SIGINT', 'SIGTERM', 'SIGKILL', 'SIGHUP', 'SIGQUIT', 'SIGTSTP', 'SIGCONT', 'SIGUSR1', 'SIGUSR2'] as const;
export type TerminalSignal = (typeof terminalSignals)[number];

/** The process that holds the shells. */
export const terminalHostSchema = z.object({
  pid: z.number().int(),
  version: z.string(),
  protocol: z.number().int(),
  startedAt: z.string(),
  sessions: z.number().int().nonnegative(),
  /** Resident. Bytes. */
  memory: z.number().int().nonnegative(),
  /** Hosts of an older version that still hold sessions. */
  draining: z.array(z.object({ pid: z.number().int(), version: z.string(), sessions: z.number().int() })),
});
export type TerminalHostState = z.infer<typeof terminalHostSchema>;
