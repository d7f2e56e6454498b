import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { helmInput, helmOptions, outputInput, outputOption, release } from '../helm/helm-options.ts';
import { structured } from '../output/structured.ts';
import { textTable } from '../output/text-table.ts';

export const helmHistory = defineCommand({
  name: 'helm history',
  summary: 'List the revisions of a release',
  input: z.object({ ...helmInput, release, output: outputInput }),
  arguments: { release: 'Name of the release' },
  options: { output: outputOption, ...helmOptions },
  examples: [['helm history web -n shop', 'what was installed when, and how it ended']],
  async run(input, context) {
    const { withRelease } = await import('../helm/with-releases.ts');
    return withRelease(input, context, async (releases, target) => {
      const revisions = (await releases.history(target, context.signal)).reverse();
      const rows = revisions.map(({ revision, updatedAt, status, chart, description, problem }) => [
        ...[String(revision), updatedAt ?? '', status, chart === null ? '' : `${chart.name}-${chart.version}`, chart?.appVersion ?? ''],
        description ?? problem ?? '',
      ]);
      const head = ['REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION', 'DESCRIPTION'];
      context.out.write(input.output === undefined ? textTable([head, ...rows]) : structured(revisions, input.output));
      return 0;
    });
  },
});
