import { CirclePlay } from 'lucide-react';
import { changeAction } from './change-action.ts';
import { ofKind } from './kinds-of.ts';

const canBeSuspended = ofKind('batch/CronJob', 'batch/Job');

export const unsuspend = changeAction({
  id: 'unsuspend',
  label: (messages) => messages.objectActions.unsuspend,
  icon: CirclePlay,
  shortcuts: [],
  appliesTo: (target) => canBeSuspended(target) && (target.state === undefined || target.state === 'paused'),
  change: (target) => ({ verb: 'unsuspend', target }),
});
