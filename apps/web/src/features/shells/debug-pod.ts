import { Bug } from 'lucide-react';
import { lazy } from 'react';
import { ofKind } from '../object-actions/kinds-of.ts';
import type { ObjectAction } from '../object-actions/object-action.ts';

const DebugPodForm = lazy(async () => ({ default: (await import('./debug-pod-form.tsx')).DebugPodForm }));

export const debugPod: ObjectAction = {
  id: 'debug-pod',
  label: (messages) => messages.shells.debug,
  icon: Bug,
  shortcuts: [],
  permission: 'pod.debug',
  group: 'use',
  many: false,
  appliesTo: ofKind('/Pod'),
  run: (targets, { ask }) => ask(DebugPodForm, targets),
};
