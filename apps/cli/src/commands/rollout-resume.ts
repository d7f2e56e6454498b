import { workloadCommand } from '../changes/workload-command.ts';

export const rolloutResume = workloadCommand({
  name: 'rollout resume',
  summary: 'Let a paused deployment roll out again',
  examples: [['rollout resume deploy/web', 'roll out what changed meanwhile']],
  said: 'resumed',
  change: (target) => ({ verb: 'resume', target }),
});
