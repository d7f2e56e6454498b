import { Play } from 'lucide-react';
import { changeAction } from './change-action.ts';
import { ofKind } from './kinds-of.ts';

const isDeployment = ofKind('apps/Deployment');

/** Also offered where the state does not tell: without replicas a paused Deployment looks like any other without. */
export const resumeRollout = changeAction({
  id: 'resume',
  label: (messages) => messages.objectActions.resume,
  icon: Play,
  shortcuts: [],
  appliesTo: (target) => isDeployment(target) && (target.state === undefined || target.state === 'paused' || target.state === 'scaledToZero'),
  change: (target) => ({ verb: 'resume', target }),
});
