import { FileCode } from 'lucide-react';
import type { ObjectAction } from './object-action.ts';

export const showYaml: ObjectAction = {
  id: 'yaml',
  label: (messages) => messages.objectActions.yaml,
  icon: FileCode,
  shortcuts: ['y'],
  permission: null,
  group: 'look',
  many: false,
  appliesTo: () => true,
  run: (targets, { openObject }) => {
    for (const { object } of targets) openObject(object, 'yaml');
  },
};
