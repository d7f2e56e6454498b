import { workloadCommand } from '../changes/workload-command.ts';

export const unsuspend = workloadCommand({
  name: 'unsuspend',
  summary: 'Let a CronJob or Job go on',
  examples: [['unsuspend cronjob/nightly', 'by its schedule again']],
  said: 'unsuspended',
  change: (target) => ({ verb: 'unsuspend', target }),
});
