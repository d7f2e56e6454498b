import { CirclePause } from 'lucide-react';
import { changeAction } from './change-action.ts';
import { ofKind } from './kinds-of.ts';

const canBeSuspended = ofKind('batch/CronJob', 'batch/Job');

export const suspend = changeAction({
  id: 'suspend',
  label: (messages) => messages.objectActions.suspend,
  icon: CirclePause,
  shortcuts: [],
  appliesTo: (target) => canBeSuspended(target) && target.state !== 'paused',
  change: (target) => ({ verb: 'suspend', target }),
});
