import { workloadCommand } from '../changes/workload-command.ts';

export const suspend = workloadCommand({
  name: 'suspend',
  summary: 'Stop the schedule of a CronJob, or the pods of a Job',
  examples: [['suspend cronjob/nightly', 'no new Jobs until it is unsuspended']],
  said: 'suspended',
  change: (target) => ({ verb: 'suspend', target }),
});
