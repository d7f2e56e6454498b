import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { helmInput, helmOptions, release, revision, revisionOption } from '../helm/helm-options.ts';

export const helmValues = defineCommand({
  name: 'helm values',
  summary: 'Print the values of a release',
  description: 'What looks like a secret is hidden; the same mark stands for the same value.',
  input: z.object({ ...helmInput, release, revision: revision.optional(), all: z.boolean().default(false) }),
  arguments: { release: 'Name of the release' },
  options: { all: { short: 'a', description: "With the chart's defaults" }, revision: revisionOption, ...helmOptions },
  examples: [['helm values web -n shop --all', 'everything that its templates saw']],
  async run(input, context) {
    const { withRelease } = await import('../helm/with-releases.ts');
    return withRelease(input, context, async (releases, target) => {
      const { values } = await releases.release(target, input.revision ?? null, context.signal);
      context.out.write((input.all ? values.all : values.user) || '{}\n');
      return 0;
    });
  },
});
