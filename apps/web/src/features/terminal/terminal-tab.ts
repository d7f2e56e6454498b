import { SquareTerminal } from 'lucide-react';
import { lazy } from 'react';
import * as z from 'zod';
import { defineDockTab } from '../dock/dock-tab.ts';
import { newLayout, type PaneStart, paneLayoutSchema } from './panes/pane-layout.ts';

const terminalSubjectSchema = z.object({
  layout: paneLayoutSchema,
  /** What its active pane shows, as it was last; empty before it is known. */
  title: z.string(),
});
export type TerminalSubject = z.infer<typeof terminalSubjectSchema>;

export const terminalTab = defineDockTab({
  type: 'terminal',
  subject: terminalSubjectSchema,
  icon: SquareTerminal,
  title: ({ title }, { terminal }) => (title === '' ? terminal.terminal : title),
  Panel: lazy(async () => ({ default: (await import('./terminal-panel.tsx')).TerminalPanel })),
});

/** A tab with a shell that is still to be started. */
export function newTerminal(start: PaneStart = {}): { pane: string; subject: TerminalSubject } {
  const pane = crypto.randomUUID();
  return { pane, subject: { layout: newLayout(pane, start), title: '' } };
}
