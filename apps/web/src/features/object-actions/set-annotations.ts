import { StickyNote } from 'lucide-react';
import { lazy } from 'react';
import { askingAction } from './change-action.ts';

export const setAnnotations = askingAction({
  id: 'annotate',
  label: (messages) => messages.objectActions.annotate,
  icon: StickyNote,
  shortcuts: [],
  appliesTo: () => true,
  Form: lazy(async () => ({ default: (await import('./entries-form.tsx')).AnnotationsForm })),
});
