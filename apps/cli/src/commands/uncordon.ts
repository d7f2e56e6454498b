import { workloadCommand } from '../changes/workload-command.ts';

export const uncordon = workloadCommand({
  name: 'uncordon',
  summary: 'Let new pods start on a node again',
  type: 'nodes',
  examples: [['uncordon node-1', 'after a drain']],
  said: 'uncordoned',
  change: (target) => ({ verb: 'uncordon', target }),
});
