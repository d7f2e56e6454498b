import { SquareTerminal } from 'lucide-react';
import { ofKind } from '../object-actions/kinds-of.ts';
import type { ObjectAction } from '../object-actions/object-action.ts';
import { shellTab } from './shell-tab.ts';

export const openShell: ObjectAction = {
  id: 'shell',
  label: (messages) => messages.shells.shell,
  icon: SquareTerminal,
  shortcuts: ['s'],
  permission: 'pod.exec',
  group: 'use',
  many: false,
  appliesTo: ofKind('/Pod'),
  run: (targets, { dock }) => {
    for (const { object } of targets) dock.open(shellTab, { mode: 'exec', namespace: object.namespace ?? '', pod: object.name });
  },
};
