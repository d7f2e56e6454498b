import { ScrollText } from 'lucide-react';
import { lazy } from 'react';
import { defineDockTab } from '../dock/dock-tab.ts';
import { logSubjectSchema } from './log-subject.ts';
import { subjectName } from './log-subject-name.ts';

export const logsTab = defineDockTab({
  type: 'logs',
  subject: logSubjectSchema,
  icon: ScrollText,
  title: subjectName,
  Panel: lazy(() => import('./logs-panel.tsx')),
});
