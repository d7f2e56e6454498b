import { lazy } from 'react';
import type { ObjectSection } from '../object-detail/object-section.ts';
import { metricTargetOf } from './metric-target.ts';

export const metricsSection: ObjectSection = {
  id: 'metrics',
  label: (messages) => messages.metrics.title,
  appliesTo: ({ kind, name, namespace }) => metricTargetOf({ kind, metadata: namespace === null ? { name } : { name, namespace } }) !== null,
  withoutObject: false,
  fills: false,
  Panel: lazy(() => import('./metrics-panel.tsx')),
};
