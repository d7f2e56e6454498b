import { lazy } from 'react';
import type { ObjectSection } from '../object-detail/object-section.ts';
import { hasLog } from './log-target.ts';

export const logsSection: ObjectSection = {
  id: 'logs',
  label: (messages) => messages.logs.title,
  appliesTo: hasLog,
  withoutObject: false,
  fills: true,
  Panel: lazy(() => import('./object-logs.tsx')),
};
