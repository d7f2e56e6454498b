import { Pause } from 'lucide-react';
import { changeAction } from './change-action.ts';
import { ofKind } from './kinds-of.ts';

const isDeployment = ofKind('apps/Deployment');

export const pauseRollout = changeAction({
  id: 'pause',
  label: (messages) => messages.objectActions.pause,
  icon: Pause,
  shortcuts: [],
  appliesTo: (target) => isDeployment(target) && target.state !== 'paused',
  change: (target) => ({ verb: 'pause', target }),
});
