import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { helmInput, helmOptions, release, revision, revisionOption } from '../helm/helm-options.ts';
import { printable } from '../output/printable.ts';

export const helmNotes = defineCommand({
  name: 'helm notes',
  summary: 'Print what the chart says of a release',
  input: z.object({ ...helmInput, release, revision: revision.optional() }),
  arguments: { release: 'Name of the release' },
  options: { revision: revisionOption, ...helmOptions },
  examples: [['helm notes web -n shop', 'how to reach it']],
  async run(input, context) {
    const { withRelease } = await import('../helm/with-releases.ts');
    return withRelease(input, context, async (releases, target) => {
      const { notes } = await releases.release(target, input.revision ?? null, context.signal);
      const text = notes.trimEnd().split('\n').map(printable).join('\n');
      context.out.write(text === '' ? 'The chart has no notes.\n' : `${text}\n`);
      return 0;
    });
  },
});
