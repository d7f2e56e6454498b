import { lazy } from 'react';
import type { ObjectSection } from '../object-section.ts';

export const eventsSection: ObjectSection = {
  id: 'events',
  label: (messages) => messages.objectDetail.events,
  appliesTo: ({ kind }) => kind !== 'Event',
  withoutObject: true,
  fills: false,
  Panel: lazy(() => import('./events-panel.tsx')),
};
