import { lazy } from 'react';
import type { ObjectSection } from '../object-section.ts';

export const historySection: ObjectSection = {
  id: 'history',
  label: (messages) => messages.objectDetail.history,
  appliesTo: ({ kind }) => kind !== 'Event',
  withoutObject: true,
  fills: false,
  Panel: lazy(() => import('./history-panel.tsx')),
};
