import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context } = clusterInput;

export const apiVersions = defineCommand({
  name: 'api-versions',
  summary: 'List the API groups and versions that the cluster serves',
  input: z.object({ kubeconfig, context }),
  arguments: {},
  options: { kubeconfig: clusterOptions.kubeconfig, context: clusterOptions.context },
  examples: [['api-versions', 'GROUP/VERSION, a line each']],
  async run(typed, { out, openAccess, signal }) {
    const [{ apiOf, discoverResources }, { versionOf }] = await Promise.all([import('@quarterdeck/cluster'), import('../resources/api-resource-list.ts')]);
    const access = await openAccess(typed);
    try {
      const versions = new Set((await discoverResources(apiOf(access), signal)).map(versionOf));
      out.write(
        [...versions]
          .sort()
          .map((version) => `${version}\n`)
          .join(''),
      );
      return 0;
    } finally {
      await access.close();
    }
  },
});
