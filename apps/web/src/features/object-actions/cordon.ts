import { Ban } from 'lucide-react';
import { changeAction } from './change-action.ts';
import { ofKind } from './kinds-of.ts';

const isNode = ofKind('/Node');

export const cordon = changeAction({
  id: 'cordon',
  label: (messages) => messages.objectActions.cordon,
  icon: Ban,
  shortcuts: [],
  appliesTo: (target) => isNode(target) && target.state !== 'paused',
  change: (target) => ({ verb: 'cordon', target }),
});
