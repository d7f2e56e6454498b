import { Plug } from 'lucide-react';
import { ofKind } from '../object-actions/kinds-of.ts';
import type { ObjectAction } from '../object-actions/object-action.ts';
import { shellTab } from './shell-tab.ts';

export const attach: ObjectAction = {
  id: 'attach',
  label: (messages) => messages.shells.attach,
  icon: Plug,
  shortcuts: ['a'],
  permission: 'pod.exec',
  group: 'use',
  many: false,
  appliesTo: ofKind('/Pod'),
  run: (targets, { dock }) => {
    for (const { object } of targets) dock.open(shellTab, { mode: 'attach', namespace: object.namespace ?? '', pod: object.name });
  },
};
