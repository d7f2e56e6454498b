import { defineLint } from './define-lint.ts';

export const cronDeadlineShort = defineLint({
  code: 'cronjob-deadline-short',
  title: 'CronJob whose runs may never start',
  documentation:
    'startingDeadlineSeconds is below 10: the controller looks every 10 s, so that a run may already be too late when it is seen. Allow a minute or more.',
  severity: 'low',
  silentWhen: 'The field is left out or 10 and more.',
  kind: 'CronJob',
  *check({ spec }) {
    const deadline = spec?.startingDeadlineSeconds;
    if (deadline !== undefined && deadline < 10)
      yield { path: 'spec.startingDeadlineSeconds', message: `A run may be ${deadline} s late, and the controller looks every 10 s.` };
  },
});

export const jobsPileUp = defineLint({
  code: 'cronjob-may-pile-up',
  title: 'CronJob whose runs may pile up',
  documentation:
    'concurrencyPolicy is Allow and nothing ends a run that hangs: each tick adds another one until the node is full. Set Forbid, or activeDeadlineSeconds in the job template.',
  severity: 'info',
  silentWhen: 'The policy is Forbid or Replace, a deadline is set, it is suspended, or it runs once a day or less often.',
  kind: 'CronJob',
  *check({ spec }) {
    const [minute = '', hour = ''] = (spec?.schedule ?? '').trim().split(/\s+/);
    const often = /[*,/-]/.test(minute) || /[*,/-]/.test(hour);
    const bounded = spec?.jobTemplate.spec?.activeDeadlineSeconds !== undefined || spec?.jobTemplate.spec?.template.spec?.activeDeadlineSeconds !== undefined;
    if (often && !bounded && spec?.suspend !== true && (spec?.concurrencyPolicy ?? 'Allow') === 'Allow')
      yield { path: 'spec.concurrencyPolicy', message: `Runs of ${spec?.schedule} may overlap, and none has a deadline.` };
  },
});

export const scheduleChecks = [cronDeadlineShort, jobsPileUp];
