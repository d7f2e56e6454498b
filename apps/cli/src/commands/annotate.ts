import { metadataCommand } from '../changes/metadata-command.ts';

export const annotate = metadataCommand({
  name: 'annotate',
  summary: 'Set annotations of objects, or take them away',
  said: 'annotated',
  examples: [['annotate deploy/web kubernetes.io/change-cause="new pool size"', 'say why a rollout was made']],
});
