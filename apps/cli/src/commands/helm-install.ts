import { helmInstallSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { chartInput, chartOptions, helmInput, helmOptions, release, timingInput, timingOptions } from '../helm/helm-options.ts';

export const helmInstall = defineCommand({
  name: 'helm install',
  summary: 'Install a chart',
  description: 'Runs the helm program of this machine (HELM, or helm on the PATH), which gets no credential of the cluster.',
  input: z.object({ ...helmInput, release, chart: z.string().min(1), ...chartInput, ...timingInput }),
  arguments: { release: 'Name for the release', chart: 'repository/chart, oci://…, a URL, or ./folder' },
  options: { ...chartOptions, ...timingOptions, ...helmOptions },
  examples: [
    ['helm install web ./chart -n shop --create-namespace --wait', 'a chart in a folder'],
    ['helm install web oci://registry.example/web --version ^2 -f values.yaml --dry-run', 'what it would send'],
  ],
  async run(input, context) {
    const [{ withReleases }, { checked, previewOperation, runOperation, timeoutSeconds }, { readValues }] = await Promise.all([
      import('../helm/with-releases.ts'),
      import('../helm/run-operation.ts'),
      import('../helm/read-values.ts'),
    ]);
    return withReleases(input, context, async (opened) => {
      const { release: name, repo, ...rest } = input;
      const values = await readValues(input.values, context);
      const given = { ...rest, name, namespace: opened.namespace, repository: repo, values, timeoutSeconds: timeoutSeconds(input.timeout) };
      const operation = { do: 'install', input: checked(helmInstallSchema, given) } as const;
      return input.dryRun ? previewOperation(opened, operation, context) : runOperation(opened.access, operation, context);
    });
  },
});
