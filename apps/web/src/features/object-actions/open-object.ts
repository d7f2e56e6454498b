import { PanelRightOpen } from 'lucide-react';
import type { ObjectAction } from './object-action.ts';

/** What `kubectl describe` is for: the object with its conditions, events and relations. */
export const openObject: ObjectAction = {
  id: 'open',
  label: (messages) => messages.objectActions.open,
  icon: PanelRightOpen,
  shortcuts: ['Enter', 'd'],
  permission: null,
  group: 'look',
  many: false,
  appliesTo: () => true,
  run: (targets, context) => {
    for (const { object } of targets) context.openObject(object);
  },
};
