import { Zap } from 'lucide-react';
import { changeAction } from './change-action.ts';
import { ofKind } from './kinds-of.ts';

/** Room for what is put behind the name: a Job's name ends in the names of its pods, which may have 63 letters. */
const mostOfName = 42;

export function jobNameOf(cronJob: string, random: number): string {
  const tail = Math.floor(random * 36 ** 5)
    .toString(36)
    .padStart(5, '0');
  return `${cronJob.slice(0, mostOfName).replace(/[-.]+$/, '')}-manual-${tail}`;
}

export const trigger = changeAction({
  id: 'trigger',
  label: (messages) => messages.objectActions.trigger,
  icon: Zap,
  shortcuts: ['t'],
  appliesTo: ofKind('batch/CronJob'),
  change: (target) => ({ verb: 'trigger', target, jobName: jobNameOf(target.name, Math.random()) }),
});
