import { lazy } from 'react';
import { ofKind, rollingKinds } from '../object-actions/kinds-of.ts';
import type { ObjectSection } from '../object-detail/object-section.ts';

const rolls = ofKind(...rollingKinds);

/** The revisions of what rolls out, how far it is, and the way back to one of them. */
export const rolloutsSection: ObjectSection = {
  id: 'rollouts',
  label: (messages) => messages.rollouts.section,
  appliesTo: (object) => rolls({ object }),
  withoutObject: false,
  fills: false,
  Panel: lazy(() => import('./rollouts-panel.tsx')),
};
