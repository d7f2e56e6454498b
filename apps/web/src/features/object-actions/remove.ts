import { Trash2 } from 'lucide-react';
import { lazy } from 'react';
import type { ObjectAction } from './object-action.ts';
import { removalOf } from './removal.ts';

const DeleteForm = lazy(async () => ({ default: (await import('./delete-form.tsx')).DeleteForm }));

/** Goes to the preview with the usual way of deletion; another way is asked for from there. */
export const remove: ObjectAction = {
  id: 'delete',
  label: (messages) => messages.objectActions.remove,
  icon: Trash2,
  shortcuts: ['Mod+d'],
  permission: 'action.propose',
  group: 'remove',
  many: true,
  appliesTo: () => true,
  run: (targets, { preview }) =>
    preview(
      removalOf(targets, (target) => ({ verb: 'delete', target })),
      { Form: DeleteForm, targets },
    ),
};
