import { AppError, type HelmRevision } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { helmInput, helmOptions, outputInput, outputOption } from '../helm/helm-options.ts';
import { printable } from '../output/printable.ts';
import { structured } from '../output/structured.ts';
import { textTable } from '../output/text-table.ts';

export const helmList = defineCommand({
  name: 'helm list',
  summary: 'List the Helm releases',
  description: 'Read from the records that Helm keeps in the cluster; the helm program is not needed.',
  input: z.object({ ...helmInput, bundle: clusterInput.bundle, allNamespaces: z.boolean().default(false), output: outputInput }),
  arguments: {},
  options: { allNamespaces: { short: 'A', description: 'In all namespaces' }, output: outputOption, ...helmOptions, bundle: clusterOptions.bundle },
  examples: [['helm list -A', 'all releases of the cluster']],
  async run(input, context) {
    const { withReleases } = await import('../helm/with-releases.ts');
    return withReleases(input, context, async ({ releases, namespace }) => {
      const list = await releases.list(input.allNamespaces ? null : namespace, { charts: true, signal: context.signal });
      if (list.state === 'notRecorded') throw new AppError('UNSUPPORTED', list.reason, { hint: 'Look at the cluster itself.' });
      for (const { what, reason } of list.skipped) context.err.write(`${printable(`Not looked at: ${what}: ${reason}`)}\n`);
      context.out.write(input.output === undefined ? table(list.releases) : structured(list.releases, input.output));
      return 0;
    });
  },
});

function table(releases: readonly HelmRevision[]): string {
  if (releases.length === 0) return 'No releases.\n';
  const head = ['NAME', 'NAMESPACE', 'REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION'];
  const rows = releases.map(({ name, namespace, revision, updatedAt, status, chart, problem }) => {
    const label = chart === null ? `(${problem ?? 'not known'})` : `${chart.name}-${chart.version}`;
    return [name, namespace, String(revision), updatedAt ?? '', status, label, chart?.appVersion ?? ''];
  });
  return textTable([head, ...rows]);
}
