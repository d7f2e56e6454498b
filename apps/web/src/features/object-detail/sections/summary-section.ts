import { lazy } from 'react';
import type { ObjectSection } from '../object-section.ts';

export const summarySection: ObjectSection = {
  id: 'summary',
  label: (messages) => messages.objectDetail.summary,
  appliesTo: () => true,
  withoutObject: false,
  fills: false,
  Panel: lazy(() => import('./summary-panel.tsx')),
};
