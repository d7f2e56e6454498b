import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context } = clusterInput;

export const explain = defineCommand({
  name: 'explain',
  summary: 'Say what a kind or one of its fields means, as the cluster documents it',
  input: z.object({
    ...{ kubeconfig, context },
    field: z.string().min(1),
    recursive: z.boolean().default(false),
    apiVersion: z.string().min(1).optional(),
  }),
  arguments: { field: 'TYPE, or TYPE.FIELD.FIELD' },
  options: {
    recursive: { description: 'The fields of the fields, without what they mean' },
    apiVersion: { value: 'group/version', description: 'In this version of the kind' },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [
    ['explain deploy.spec.strategy', 'one field'],
    ['explain pod --recursive', 'all of them'],
  ],
  async run({ field, recursive, apiVersion, ...choice }, { out, openAccess, signal }) {
    const [{ OpenApiDocuments }, { resourceTypes }, { explanation, fieldTree }] = await Promise.all([
      import('@quarterdeck/cluster'),
      import('../resources/resource-type.ts'),
      import('../resources/explanation.ts'),
    ]);
    const access = await openAccess(choice);
    try {
      const [name = '', ...path] = field.split('.');
      const [found] = await resourceTypes(access, name, signal);
      if (found === undefined)
        throw new AppError('NOT_FOUND', `The cluster serves no kind "${name}".`, { hint: '`qd api-resources` lists the kinds of this cluster.' });
      const type = { ...found, apiVersion: apiVersion ?? found.apiVersion };
      const documents = new OpenApiDocuments(access);
      const tree = recursive ? await fieldTree(documents, type, path, signal) : null;
      out.write(explanation(type, path, await documents.explain(type, path, signal), tree));
      return 0;
    } finally {
      await access.close();
    }
  },
});
