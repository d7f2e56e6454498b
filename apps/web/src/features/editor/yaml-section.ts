import { lazy } from 'react';
import type { ObjectSection } from '../object-detail/object-section.ts';

export const yamlSection: ObjectSection = {
  id: 'yaml',
  label: () => 'YAML',
  appliesTo: () => true,
  withoutObject: false,
  fills: true,
  Panel: lazy(() => import('./yaml-panel.tsx')),
};
