import { Scaling } from 'lucide-react';
import { lazy } from 'react';
import { askingAction } from './change-action.ts';
import { ofKind } from './kinds-of.ts';

export const scale = askingAction({
  id: 'scale',
  label: (messages) => messages.objectActions.scale,
  icon: Scaling,
  shortcuts: ['S'],
  appliesTo: ofKind('apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet', '/ReplicationController'),
  Form: lazy(async () => ({ default: (await import('./scale-form.tsx')).ScaleForm })),
});
