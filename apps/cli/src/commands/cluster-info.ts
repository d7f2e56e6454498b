import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context } = clusterInput;

export const clusterInfo = defineCommand({
  name: 'cluster-info',
  summary: 'Show where the API server is, and the Services that belong to the cluster',
  description: 'What else a file should hold of a cluster, `qd snapshot save` saves.',
  input: z.object({ kubeconfig, context }),
  arguments: {},
  options: { kubeconfig: clusterOptions.kubeconfig, context: clusterOptions.context },
  examples: [['cluster-info', 'the addresses']],
  async run(typed, { out, openAccess, signal }) {
    const [{ clusterServices }, { printable }] = await Promise.all([import('../resources/cluster-services.ts'), import('../output/printable.ts')]);
    const access = await openAccess(typed);
    try {
      out.write(`Kubernetes control plane is running at ${access.server ?? 'a recording'}\n`);
      for (const { name, url } of await clusterServices(access, signal)) out.write(`${printable(name)} is running at ${printable(url)}\n`);
      out.write('\nTo look into what is wrong, use `qd issues`; to take it all with you, `qd snapshot save`.\n');
      return 0;
    } finally {
      await access.close();
    }
  },
});
