import { workloadCommand } from '../changes/workload-command.ts';

export const cordon = workloadCommand({
  name: 'cordon',
  summary: 'Let no new pods start on a node',
  type: 'nodes',
  examples: [['cordon node-1', 'pods that run there go on']],
  said: 'cordoned',
  change: (target) => ({ verb: 'cordon', target }),
});
