import { Trash2 } from 'lucide-react';
import { lazy } from 'react';
import { ofKind } from './kinds-of.ts';
import type { ObjectAction } from './object-action.ts';
import { removalOf } from './removal.ts';

const DeleteForm = lazy(async () => ({ default: (await import('./delete-form.tsx')).DeleteForm }));

const DeleteNamespaceForm = lazy(async () => ({ default: (await import('../deletion/delete-namespace-form.tsx')).DeleteNamespaceForm }));
const isNamespace = ofKind('/Namespace');

/** Goes to the preview with the usual way of deletion; another way is asked for from there. Of a namespace it tells first what is in it. */
export const remove: ObjectAction = {
  id: 'delete',
  label: (messages) => messages.objectActions.remove,
  icon: Trash2,
  shortcuts: ['Mod+d'],
  permission: 'action.propose',
  group: 'remove',
  many: true,
  appliesTo: () => true,
  run: (targets, { ask, preview }) => {
    if (targets.every(isNamespace)) ask(DeleteNamespaceForm, targets);
    else
      preview(
        removalOf(targets, (target) => ({ verb: 'delete', target })),
        { Form: DeleteForm, targets },
      );
  },
};
