import { SquareTerminal } from 'lucide-react';
import { lazy } from 'react';
import { defineDockTab } from '../dock/dock-tab.ts';
import { shellSubjectSchema } from './shell-subject.ts';

export const shellTab = defineDockTab({
  type: 'shell',
  subject: shellSubjectSchema,
  icon: SquareTerminal,
  title: ({ mode, pod, container, node, number }, { shells }) => {
    const place = node ?? (container === undefined ? pod : `${pod}/${container}`);
    const numbered = number === undefined ? place : `${place} ${number}`;
    return mode === 'attach' ? shells.attachedTo(numbered) : numbered;
  },
  Panel: lazy(async () => ({ default: (await import('./shell-panel.tsx')).ShellPanel })),
});
