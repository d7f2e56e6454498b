import { RotateCw } from 'lucide-react';
import { changeAction } from './change-action.ts';
import { ofKind, rollingKinds } from './kinds-of.ts';

export const restart = changeAction({
  id: 'restart',
  label: (messages) => messages.objectActions.restart,
  icon: RotateCw,
  shortcuts: ['r'],
  appliesTo: ofKind(...rollingKinds),
  change: (target) => ({ verb: 'restart', target, at: new Date().toISOString() }),
});
