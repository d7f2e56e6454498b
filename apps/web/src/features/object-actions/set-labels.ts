import { Tag } from 'lucide-react';
import { lazy } from 'react';
import { askingAction } from './change-action.ts';

export const setLabels = askingAction({
  id: 'label',
  label: (messages) => messages.objectActions.label,
  icon: Tag,
  shortcuts: [],
  appliesTo: () => true,
  Form: lazy(async () => ({ default: (await import('./entries-form.tsx')).LabelsForm })),
});
