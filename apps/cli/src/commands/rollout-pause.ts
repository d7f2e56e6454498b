import { workloadCommand } from '../changes/workload-command.ts';

export const rolloutPause = workloadCommand({
  name: 'rollout pause',
  summary: 'Keep a deployment from rolling out',
  examples: [['rollout pause deploy/web', 'changes wait until it is resumed']],
  said: 'paused',
  change: (target) => ({ verb: 'pause', target }),
});
