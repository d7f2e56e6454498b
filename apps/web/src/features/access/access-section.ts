import { lazy } from 'react';
import type { ObjectSection } from '../object-detail/object-section.ts';

export const accessSection: ObjectSection = {
  id: 'access',
  label: ({ access }) => access.section,
  appliesTo: () => true,
  withoutObject: false,
  fills: false,
  Panel: lazy(async () => ({ default: (await import('./access-panel.tsx')).AccessPanel })),
};
