import { lazy } from 'react';
import type { ObjectSection } from '../object-section.ts';

export const relationsSection: ObjectSection = {
  id: 'relations',
  label: (messages) => messages.objectDetail.relations,
  appliesTo: ({ kind }) => kind !== 'Event',
  withoutObject: true,
  fills: false,
  Panel: lazy(() => import('./relations-panel.tsx')),
};
