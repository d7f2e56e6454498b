import { Bug } from 'lucide-react';
import { lazy } from 'react';
import { ofKind } from '../object-actions/kinds-of.ts';
import type { ObjectAction } from '../object-actions/object-action.ts';

const DebugNodeForm = lazy(async () => ({ default: (await import('./debug-node-form.tsx')).DebugNodeForm }));

export const debugNode: ObjectAction = {
  id: 'debug-node',
  label: (messages) => messages.shells.debugNode,
  icon: Bug,
  shortcuts: ['s'],
  permission: 'node.manage',
  group: 'use',
  many: false,
  appliesTo: ofKind('/Node'),
  run: (targets, { ask }) => ask(DebugNodeForm, targets),
};
