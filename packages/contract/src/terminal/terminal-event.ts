import * as z from 'zod';
import { terminalBlockSchema } from './terminal-block.ts';
import { terminalFindingSchema } from './terminal-finding.ts';
import { terminalExitSchema, terminalKubeSchema, terminalSide, terminalStates } from './terminal-session.ts';

const offset = z.number().int().nonnegative();

/**
 * The answer to `attach`. `tail`: output goes on at `offset`, which is what the page has. `snapshot`: a snapshot frame
 * follows, after which output goes on at its offset. Output waits until the page says `ready`.
 */
const attachedSchema = z.object({
  type: z.literal('attached'),
  mode: z.enum(['tail', 'snapshot']),
  offset,
  columns: terminalSide,
  rows: terminalSide,
  state: z.enum(terminalStates),
  exit: terminalExitSchema.nullable(),
  writer: z.string().nullable(),
  /** The number of the last input that was taken from this page; what comes after it may be sent again. */
  taken: z.number().int().nonnegative(),
});

/** What is told about a session besides its output. Session 0: about the connection or about all of them. */
export const terminalEventSchema = z.discriminatedUnion('type', [
  attachedSchema,
  z.object({ type: z.literal('blockStarted'), block: terminalBlockSchema }),
  z.object({ type: z.literal('blockEnded'), block: terminalBlockSchema }),
  z.object({ type: z.literal('cwd'), cwd: z.string().nullable() }),
  z.object({ type: z.literal('title'), title: z.string().nullable() }),
  z.object({ type: z.literal('kube'), kube: terminalKubeSchema.nullable() }),
  z.object({ type: z.literal('hidden'), on: z.boolean() }),
  z.object({ type: z.literal('resized'), columns: terminalSide, rows: terminalSide }),
  z.object({ type: z.literal('exited'), exit: terminalExitSchema }),
  /** Output from `from` up to `to` is not sent: the page was too slow or away. A snapshot follows. */
  z.object({ type: z.literal('gap'), from: offset, to: offset }),
  z.object({ type: z.literal('writer'), client: z.string().nullable() }),
  z.object({ type: z.literal('viewers'), count: z.number().int().nonnegative() }),
  z.object({ type: z.literal('bell') }),
  z.object({ type: z.literal('running'), command: z.string().nullable() }),
  z.object({ type: z.literal('integrated'), on: z.boolean() }),
  z.object({ type: z.literal('observed'), on: z.boolean() }),
  z.object({ type: z.literal('finding'), finding: terminalFindingSchema }),
  /** A program wants to put this on the clipboard: only if the person agrees. */
  z.object({ type: z.literal('clipboard'), text: z.string() }),
  z.object({ type: z.literal('notice'), message: z.string() }),
  /** The answer to `history`: text with escape sequences for its colours, and how many lines stand before it. */
  z.object({ type: z.literal('history'), before: z.number().int().nonnegative(), text: z.string(), linesBefore: z.number().int().nonnegative() }),
  /** Sessions began, ended or were named: ask for the list again. */
  z.object({ type: z.literal('sessions') }),
  /** Something that the page asked for could not be done. */
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string(), hint: z.string().nullable() }),
]);
export type TerminalEvent = z.infer<typeof terminalEventSchema>;
