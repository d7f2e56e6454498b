import * as z from 'zod';

const session = z.number().int().min(1).max(0xffff_ffff);
const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be written as #rrggbb');

/** What programs are told that ask for the colours of the terminal. */
export const terminalThemeSchema = z.object({
  foreground: colour,
  background: colour,
  cursor: colour,
  /** The first 16. */
  palette: z.array(colour).length(16).optional(),
  /** Pixels. */
  cell: z.object({ width: z.number().positive().max(1000), height: z.number().positive().max(1000) }).optional(),
});
export type TerminalTheme = z.infer<typeof terminalThemeSchema>;

/** What a page asks for, as the JSON of a control frame. `hello` comes first, once. */
export const terminalControlSchema = z.discriminatedUnion('type', [
  /** The page names itself, the same again after it lost its connection: what it had sent is then not taken twice. */
  z.object({ type: z.literal('hello'), clientId: z.string().min(8).max(100), theme: terminalThemeSchema.optional() }),
  /** `haveOffset`: up to where the page has the output; null for a page that begins. `lines`: of the scrollback in a snapshot. */
  z.object({ type: z.literal('attach'), session, haveOffset: z.number().int().nonnegative().nullable(), lines: z.number().int().min(0).max(50_000) }),
  z.object({ type: z.literal('ready'), session }),
  z.object({ type: z.literal('detach'), session }),
  /** Whether the page shows the session. What is not shown is sent no output; when it is shown again, it is brought up to date. */
  z.object({ type: z.literal('visibility'), session, visible: z.boolean() }),
  /** From now on this page types. */
  z.object({ type: z.literal('takeOver'), session }),
  /** Older lines: those before the last `before` of them. */
  z.object({ type: z.literal('history'), session, before: z.number().int().nonnegative(), lines: z.number().int().min(1).max(2000) }),
  z.object({ type: z.literal('theme'), theme: terminalThemeSchema }),
]);
export type TerminalControl = z.infer<typeof terminalControlSchema>;
