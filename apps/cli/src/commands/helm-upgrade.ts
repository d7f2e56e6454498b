import { helmUpgradeSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { chartInput, chartOptions, forceInput, forceOptions, helmInput, helmOptions, release, timingInput, timingOptions } from '../helm/helm-options.ts';

export const helmUpgrade = defineCommand({
  name: 'helm upgrade',
  summary: 'Upgrade a release',
  description: "The values are those given, over the chart's defaults; --reuse-values begins from those of the present revision.",
  input: z.object({
    ...helmInput,
    release,
    chart: z.string().min(1),
    install: z.boolean().default(false),
    reuseValues: z.boolean().default(false),
    ...chartInput,
    ...forceInput,
    ...timingInput,
  }),
  arguments: { release: 'Name of the release', chart: 'repository/chart, oci://…, a URL, or ./folder' },
  options: {
    install: { short: 'i', description: 'Install it where it is not there yet' },
    reuseValues: { description: 'Begin from the values of the present revision' },
    ...chartOptions,
    ...forceOptions,
    ...timingOptions,
    ...helmOptions,
  },
  examples: [
    ['helm upgrade web ./chart -n shop -f values.yaml --dry-run', 'what would change'],
    ['helm upgrade web ./chart -n shop -f values.yaml --wait --rollback-on-failure', 'change it, or leave it as it was'],
  ],
  async run(input, context) {
    const [{ withReleases }, { checked, previewOperation, runOperation, timeoutSeconds }, { readValues }] = await Promise.all([
      import('../helm/with-releases.ts'),
      import('../helm/run-operation.ts'),
      import('../helm/read-values.ts'),
    ]);
    return withReleases(input, context, async (opened) => {
      const { release: name, repo, reuseValues, ...rest } = input;
      const values = await readValues(input.values, context);
      const chosen = { name, namespace: opened.namespace, repository: repo, values, base: reuseValues ? 'reuse' : 'reset' };
      const operation = { do: 'upgrade', input: checked(helmUpgradeSchema, { ...rest, ...chosen, timeoutSeconds: timeoutSeconds(input.timeout) }) } as const;
      return input.dryRun ? previewOperation(opened, operation, context) : runOperation(opened.access, operation, context);
    });
  },
});
