import { CircleArrowOutUpRight } from 'lucide-react';
import { lazy } from 'react';
import { ofKind } from './kinds-of.ts';
import type { ObjectAction } from './object-action.ts';

const DrainForm = lazy(async () => ({ default: (await import('../drain/drain-form.tsx')).DrainForm }));

export const drain: ObjectAction = {
  id: 'drain',
  label: (messages) => messages.objectActions.drain,
  icon: CircleArrowOutUpRight,
  shortcuts: [],
  permission: 'node.manage',
  group: 'change',
  many: true,
  appliesTo: ofKind('/Node'),
  run: (targets, { ask }) => ask(DrainForm, targets),
};
