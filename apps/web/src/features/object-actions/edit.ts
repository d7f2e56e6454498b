import { SquarePen } from 'lucide-react';
import type { ObjectAction } from './object-action.ts';

export const edit: ObjectAction = {
  id: 'edit',
  label: (messages) => messages.objectActions.edit,
  icon: SquarePen,
  shortcuts: ['e'],
  permission: 'action.propose',
  group: 'change',
  many: false,
  appliesTo: () => true,
  run: (targets, { openObject }) => {
    for (const { object } of targets) openObject(object, 'yaml');
  },
};
