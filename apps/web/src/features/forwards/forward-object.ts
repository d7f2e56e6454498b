import { Cable } from 'lucide-react';
import { lazy } from 'react';
import { ofKind } from '../object-actions/kinds-of.ts';
import type { ObjectAction } from '../object-actions/object-action.ts';

const ForwardObjectForm = lazy(async () => ({ default: (await import('./forward-object-form.tsx')).ForwardObjectForm }));

export const forwardObject: ObjectAction = {
  id: 'forward',
  label: (messages) => messages.forwards.forward,
  icon: Cable,
  shortcuts: ['f', 'F'],
  permission: 'pod.portForward',
  group: 'use',
  many: false,
  appliesTo: ofKind('/Pod', '/Service', 'apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/ReplicaSet', 'batch/Job'),
  run: (targets, { ask }) => ask(ForwardObjectForm, targets),
};
