import { statSync } from 'node:fs';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { withProgress } from '../output/progress.ts';

const { kubeconfig, context } = clusterInput;

export const snapshotSave = defineCommand({
  name: 'snapshot save',
  summary: 'Save the state of a cluster to a file',
  description:
    'The file holds the objects of all kinds, what the diagnosis asked for and the logs of failing containers. Values of Secrets are never in it, and what looks like a secret elsewhere is replaced by [redacted].',
  input: z.object({
    kubeconfig,
    context,
    file: z.string().min(1),
    namespace: z.array(z.string().min(1)).default([]),
    force: z.boolean().default(false),
  }),
  arguments: { file: 'Where to write it, e.g. incident.qdb.json.gz' },
  options: {
    namespace: { short: 'n', value: 'name', repeatable: true, description: 'Only this namespace; may be given several times' },
    force: { description: 'Overwrite the file' },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [['snapshot save incident.qdb.json.gz -n shop', 'one namespace, to look at later']],
  async run({ file, namespace, force, ...choice }, { openAccess, signal, err }) {
    if (!force && statSync(file, { throwIfNoEntry: false }) !== undefined) {
      throw new AppError('CONFLICT', `${file} exists already.`, { hint: 'Choose another name, or overwrite it with --force.' });
    }
    const [{ namespacesInReach }, { recordCluster }, { saveBundle }] = await Promise.all([
      import('../cluster/namespaces-in-reach.ts'),
      import('../cluster/record-cluster.ts'),
      import('@quarterdeck/cluster'),
    ]);
    const access = await openAccess(choice);
    try {
      const wanted = namespace.length > 0 ? namespace : ((await namespacesInReach(access, choice, signal)) ?? []);
      const content = await withProgress(err, `Recording ${access.id}`, () => recordCluster(access, wanted, signal));
      await saveBundle(file, content);
      err.write(
        `Saved ${content.objects.length} objects to ${file} (${Math.ceil(statSync(file).size / 1024)} KiB). Open it with \`qd snapshot open ${file}\`.\n`,
      );
      return 0;
    } finally {
      await access.close();
    }
  },
});
