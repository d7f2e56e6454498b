import { metadataCommand } from '../changes/metadata-command.ts';

export const label = metadataCommand({
  name: 'label',
  summary: 'Set labels of objects, or take them away',
  said: 'labeled',
  examples: [
    ['label pod web-7d9c tier=front', 'set one'],
    ['label pods -l app=web tier-', 'take one away, of many'],
  ],
});
