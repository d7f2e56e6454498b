import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { helmInput, helmOptions, release, revision, revisionOption } from '../helm/helm-options.ts';

export const helmManifest = defineCommand({
  name: 'helm manifest',
  summary: 'Print the objects of a release as they were sent to the cluster',
  description: 'The data of Secrets, and what else looks like a secret, is hidden.',
  input: z.object({ ...helmInput, release, revision: revision.optional() }),
  arguments: { release: 'Name of the release' },
  options: { revision: revisionOption, ...helmOptions },
  examples: [['helm manifest web -n shop --revision 3', 'what revision 3 sent']],
  async run(input, context) {
    const { withRelease } = await import('../helm/with-releases.ts');
    return withRelease(input, context, async (releases, target) => {
      context.out.write((await releases.release(target, input.revision ?? null, context.signal)).manifest);
      return 0;
    });
  },
});
