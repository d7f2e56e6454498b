import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { helmInput, helmOptions, outputInput, outputOption, release, revision } from '../helm/helm-options.ts';
import { structured } from '../output/structured.ts';

export const helmDiff = defineCommand({
  name: 'helm diff',
  summary: 'Show what changed between two revisions of a release',
  input: z.object({ ...helmInput, release, from: revision, to: revision.optional(), output: outputInput }),
  arguments: { release: 'Name of the release', from: 'Revision to compare from', to: 'Revision to compare to (default: the newest)' },
  options: { output: outputOption, ...helmOptions },
  examples: [['helm diff web 3 -n shop', 'what changed since revision 3']],
  async run(input, context) {
    const [{ withRelease }, { diffText }] = await Promise.all([import('../helm/with-releases.ts'), import('../helm/diff-text.ts')]);
    return withRelease(input, context, async (releases, target) => {
      const diff = await releases.diff(target, input.from, input.to ?? null, context.signal);
      context.out.write(input.output === undefined ? diffText(diff, context.out.colour) : structured(diff, input.output));
      return 0;
    });
  },
});
