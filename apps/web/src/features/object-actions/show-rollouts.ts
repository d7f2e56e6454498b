import { History } from 'lucide-react';
import { ofKind, rollingKinds } from './kinds-of.ts';
import type { ObjectAction } from './object-action.ts';

/** The revisions, from where one goes back to one of them. */
export const showRollouts: ObjectAction = {
  id: 'rollouts',
  label: (messages) => messages.objectActions.rollouts,
  icon: History,
  shortcuts: ['R'],
  permission: null,
  group: 'look',
  many: false,
  appliesTo: ofKind(...rollingKinds),
  run: (targets, { openObject }) => {
    for (const { object } of targets) openObject(object, 'rollouts');
  },
};
