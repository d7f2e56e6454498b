import { workloadCommand } from '../changes/workload-command.ts';

export const rolloutRestart = workloadCommand({
  name: 'rollout restart',
  summary: 'Replace all pods of a workload, in its own rhythm',
  examples: [['rollout restart deploy/web', 'new pods with the same template']],
  said: 'restarted',
  change: (target, now) => ({ verb: 'restart', target, at: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z') }),
});
