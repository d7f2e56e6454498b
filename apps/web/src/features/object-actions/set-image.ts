import { Container } from 'lucide-react';
import { lazy } from 'react';
import { askingAction } from './change-action.ts';
import { ofKind, rollingKinds } from './kinds-of.ts';

export const setImage = askingAction({
  id: 'set-image',
  label: (messages) => messages.objectActions.setImage,
  icon: Container,
  shortcuts: [],
  many: false,
  appliesTo: ofKind(...rollingKinds, 'apps/ReplicaSet', '/ReplicationController'),
  Form: lazy(async () => ({ default: (await import('./set-image-form.tsx')).SetImageForm })),
});
