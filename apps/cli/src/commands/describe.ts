import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context } = clusterInput;

export const describe = defineCommand({
  name: 'describe',
  summary: 'Show an object for people: its fields and what happened to it',
  description: 'A beginning of a name is enough. Every kind is written in the same form; values of Secrets are counted, not shown.',
  input: z.object({
    ...{ kubeconfig, context },
    words: z.array(z.string().min(1)).default([]),
    namespace: z.string().min(1).optional(),
    allNamespaces: z.boolean().default(false),
    selector: z.string().min(1).optional(),
    filename: z.array(z.string().min(1)).default([]),
    kustomize: z.string().min(1).optional(),
    recursive: z.boolean().default(false),
    showEvents: z.enum(['true', 'false']).default('true'),
    chunkSize: z.coerce.number('must be a number').int().nonnegative().default(500),
  }),
  arguments: {},
  rest: ['words', 'TYPE [NAME …], or TYPE/NAME …'],
  options: {
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    allNamespaces: { short: 'A', description: 'In all namespaces' },
    selector: { short: 'l', value: 'labels', description: 'Only those with these labels, e.g. app=web' },
    filename: { short: 'f', value: 'file', repeatable: true, description: 'The objects of a file or folder of YAML or JSON, or - for standard input' },
    kustomize: { short: 'k', value: 'folder', description: 'The objects of a kustomization' },
    recursive: { short: 'R', description: 'Folders with the folders in them' },
    showEvents: { value: 'true|false', description: 'With its events (default: true)' },
    chunkSize: { value: 'number', description: 'Objects a request; 0 for all at once (default: 500)' },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [
    ['describe pod web-7d9c', 'one pod'],
    ['describe deploy -l app=web', 'those with a label'],
  ],
  async run(typed, commandContext) {
    const [{ describeResources }, { queriesOf }, { defaultNamespace }] = await Promise.all([
      import('../resources/describe-resources.ts'),
      import('../resources/queries-of.ts'),
      import('../cluster/default-namespace.ts'),
    ]);
    const namespace = typed.allNamespaces ? null : (typed.namespace ?? (await defaultNamespace(typed)));
    const access = await commandContext.openAccess(typed);
    try {
      const asked = await queriesOf(access, typed, { namespace, context: commandContext });
      const choice = { ...typed, namespace: asked.namespace, labelSelector: typed.selector, events: typed.showEvents === 'true' };
      return await describeResources(asked.queries, choice, { access, context: commandContext });
    } finally {
      await access.close();
    }
  },
});
