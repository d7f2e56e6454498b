import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context } = clusterInput;

export const apiResources = defineCommand({
  name: 'api-resources',
  summary: 'List the kinds that the cluster serves',
  input: z.object({
    ...{ kubeconfig, context },
    apiGroup: z.string().optional(),
    namespaced: z.enum(['true', 'false']).optional(),
    verbs: z.string().min(1).optional(),
    categories: z.string().min(1).optional(),
    sortBy: z.enum(['name', 'kind']).optional(),
    noHeaders: z.boolean().default(false),
    output: z.enum(['wide', 'name', 'json', 'yaml']).optional(),
  }),
  arguments: {},
  options: {
    apiGroup: { value: 'group', description: "Only those of this group; '' for the core" },
    namespaced: { value: 'true|false', description: 'Only those that live in a namespace, or do not' },
    verbs: { value: 'verbs', description: 'Only those that know all of these verbs, e.g. list,watch' },
    categories: { value: 'names', description: 'Only those of all these categories, e.g. all' },
    sortBy: { value: 'name|kind', description: 'In this order (default: as the server tells them)' },
    noHeaders: { description: 'Without the line of headings' },
    output: { short: 'o', value: 'wide|name|json|yaml', description: 'With verbs and categories, the names alone, or in this form' },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [
    ['api-resources --namespaced=true', 'what lives in namespaces'],
    ['api-resources --verbs=list -o name', 'what can be listed'],
  ],
  async run(typed, { out, openAccess, signal }) {
    const [{ apiResourceList, apiResourceTable }, { structured }] = await Promise.all([
      import('../resources/api-resource-list.ts'),
      import('../output/structured.ts'),
    ]);
    const access = await openAccess(typed);
    try {
      const resources = await apiResourceList(access, typed, signal);
      const isStructured = typed.output === 'json' || typed.output === 'yaml';
      out.write(isStructured ? structured(resources, typed.output === 'json' ? 'json' : 'yaml') : apiResourceTable(resources, typed));
      return 0;
    } finally {
      await access.close();
    }
  },
});
