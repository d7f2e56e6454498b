import { CircleCheck } from 'lucide-react';
import { changeAction } from './change-action.ts';
import { ofKind } from './kinds-of.ts';

const isNode = ofKind('/Node');

/** A node in trouble may be cordoned as well, and its state tells the trouble. */
export const uncordon = changeAction({
  id: 'uncordon',
  label: (messages) => messages.objectActions.uncordon,
  icon: CircleCheck,
  shortcuts: [],
  appliesTo: (target) => isNode(target) && target.state !== 'healthy',
  change: (target) => ({ verb: 'uncordon', target }),
});
