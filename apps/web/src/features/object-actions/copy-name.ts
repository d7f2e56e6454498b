import { Copy } from 'lucide-react';
import type { ObjectAction } from './object-action.ts';

export const copyName: ObjectAction = {
  id: 'copy-name',
  label: (messages) => messages.objectActions.copyName,
  icon: Copy,
  shortcuts: ['c'],
  permission: null,
  group: 'look',
  many: true,
  appliesTo: () => true,
  run: (targets, { copy, messages }) => copy(targets.map(({ object }) => object.name).join('\n'), messages.objectActions.copiedName(targets.length)),
};
