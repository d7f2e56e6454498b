import { SquareTerminal } from 'lucide-react';
import { lazy } from 'react';
import { defineDockTab } from '../dock/dock-tab.ts';
import { terminalSubjectSchema } from './terminal-subject.ts';

export const terminalTab = defineDockTab({
  type: 'terminal',
  subject: terminalSubjectSchema,
  icon: SquareTerminal,
  title: ({ title }, { terminal }) => (title === '' ? terminal.terminal : title),
  Panel: lazy(async () => ({ default: (await import('./terminal-panel.tsx')).TerminalPanel })),
});
