import { sizedKinds } from '@quarterdeck/contract';
import { lazy } from 'react';
import type { ObjectSection } from '../object-detail/object-section.ts';

export const sizingSection: ObjectSection = {
  id: 'size',
  label: (messages) => messages.sizing.section,
  appliesTo: ({ kind, apiVersion }) => apiVersion === 'apps/v1' && sizedKinds.some((sized) => sized === kind),
  withoutObject: false,
  fills: false,
  Panel: lazy(() => import('./sizing-panel.tsx')),
};
