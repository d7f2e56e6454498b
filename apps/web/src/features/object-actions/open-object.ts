import { PanelRightOpen } from 'lucide-react';
import type { ObjectAction } from './object-action.ts';

export const openObject: ObjectAction = {
  id: 'open',
  label: (messages) => messages.objectActions.open,
  icon: PanelRightOpen,
  shortcuts: ['Enter'],
  permission: null,
  group: 'look',
  many: false,
  appliesTo: () => true,
  run: (targets, context) => {
    for (const { object } of targets) context.openObject(object);
  },
};
