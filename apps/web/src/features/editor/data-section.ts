import { lazy } from 'react';
import type { ObjectSection } from '../object-detail/object-section.ts';

export const dataSection: ObjectSection = {
  id: 'data',
  label: ({ editor }) => editor.data.section,
  appliesTo: ({ apiVersion, kind }) => apiVersion === 'v1' && (kind === 'ConfigMap' || kind === 'Secret'),
  withoutObject: false,
  fills: true,
  Panel: lazy(() => import('./data/data-panel.tsx')),
};
