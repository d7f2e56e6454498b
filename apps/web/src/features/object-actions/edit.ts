import { SquarePen } from 'lucide-react';
import { wishToEdit } from '../editor/edit/edit-wish.ts';
import { objectKey } from '../objects/object-key.ts';
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
    for (const { object } of targets) {
      wishToEdit(objectKey(object));
      openObject(object, 'yaml');
    }
  },
};
