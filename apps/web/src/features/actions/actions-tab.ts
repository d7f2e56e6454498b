import { History } from 'lucide-react';
import { lazy } from 'react';
import * as z from 'zod';
import { defineDockTab } from '../dock/dock-tab.ts';

/** What was approved on this page, under way and ended: one tab for all clusters. */
export const actionsTab = defineDockTab({
  type: 'actions',
  subject: z.strictObject({}),
  icon: History,
  title: (_subject, messages) => messages.actions.dockTab,
  Panel: lazy(async () => ({ default: (await import('./actions-panel.tsx')).ActionsPanel })),
});
