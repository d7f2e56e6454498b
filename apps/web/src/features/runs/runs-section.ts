import { lazy } from 'react';
import { ofKind } from '../object-actions/kinds-of.ts';
import type { ObjectSection } from '../object-detail/object-section.ts';

const isCronJob = ofKind('batch/CronJob');

/** The Jobs that a CronJob has made, or somebody from it by hand. */
export const runsSection: ObjectSection = {
  id: 'runs',
  label: (messages) => messages.runs.section,
  appliesTo: (object) => isCronJob({ object }),
  withoutObject: false,
  fills: false,
  Panel: lazy(() => import('./runs-panel.tsx')),
};
