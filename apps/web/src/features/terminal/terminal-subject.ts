import * as z from 'zod';
import { newLayout, type PaneStart, paneLayoutSchema } from './panes/pane-layout.ts';

export const terminalSubjectSchema = z.object({
  layout: paneLayoutSchema,
  /** What its active pane shows, as it was last; empty before it is known. */
  title: z.string(),
});
export type TerminalSubject = z.infer<typeof terminalSubjectSchema>;

/** A tab with a shell that is still to be started. */
export function newTerminal(start: PaneStart = {}): { pane: string; subject: TerminalSubject } {
  const pane = crypto.randomUUID();
  return { pane, subject: { layout: newLayout(pane, start), title: '' } };
}
