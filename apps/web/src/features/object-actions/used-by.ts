import { Waypoints } from 'lucide-react';
import type { ObjectAction } from './object-action.ts';

export const usedBy: ObjectAction = {
  id: 'used-by',
  label: (messages) => messages.objectActions.usedBy,
  icon: Waypoints,
  shortcuts: ['u'],
  permission: null,
  group: 'look',
  many: false,
  appliesTo: () => true,
  run: (targets, { openObject }) => {
    for (const { object } of targets) openObject(object, 'relations');
  },
};
