import * as z from 'zod';
import { errorBodySchema } from '../errors/app-error.ts';

/** WebSockets of their own, one a program: their query is `shellQuerySchema`. */
export const execPath = '/api/pods/exec';
export const attachPath = '/api/pods/attach';

/** What both need; checked like a route before the socket opens. */
export const shellAccess = { permission: 'pod.exec', effect: 'write' } as const;

export const shellQuerySchema = z.object({
  cluster: z.string().optional(),
  namespace: z.string().min(1),
  pod: z.string().min(1),
  /** Left out: the pod's default container. */
  container: z.string().min(1).optional(),
  /** The program and its arguments, the parameter repeated; nothing for `attach`. */
  command: z.array(z.string()).max(100).default([]),
  /** Whether it gets a terminal; for `attach` the container's specification says. */
  tty: z.enum(['true', 'false']).default('false'),
});
export type ShellQuery = z.infer<typeof shellQuerySchema>;

/**
 * Every message is binary, and its first byte says what follows. To the server: `stdin`, `resize` (JSON of
 * `shellSizeSchema`), `taken` (JSON of `shellTakenSchema`), `close` (followed by the channel that ends: 0). From the server: `stdout`, `stderr` and `status` (JSON
 * of `shellStatusSchema`): first `started`, at the end `ended` or `failed`, and then the socket closes.
 * Whoever reads slowly slows the program; nothing is dropped. A browser reads whatever comes, so its page says what it has
 * shown: from its first `taken` on, no more than `mostUnderWay` is sent beyond that.
 */
export const shellChannels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, taken: 5, close: 255 } as const;

/** The largest message that the server takes. Bytes. */
export const largestShellMessage = 1024 * 1024;

/** Characters. */
export const shellSizeSchema = z.object({ columns: z.number().int().min(1).max(10_000), rows: z.number().int().min(1).max(10_000) });

/** Bytes of output, since the last time that it was said. */
export const shellTakenSchema = z.object({ bytes: z.number().int().nonnegative() });

/** What may be on its way to a page that says what it has taken. Bytes. */
export const mostUnderWay = 2 * 1024 * 1024;

export const shellStatusSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('started'), container: z.string(), tty: z.boolean(), stdin: z.boolean() }),
  z.object({ state: z.literal('ended'), exitCode: z.number().int(), reason: z.string().nullable() }),
  z.object({ state: z.literal('failed'), error: errorBodySchema }),
]);
export type ShellStatus = z.infer<typeof shellStatusSchema>;
