import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context } = clusterInput;

export const authCanI = defineCommand({
  name: 'auth can-i',
  summary: 'Ask the cluster whether you may do something',
  description: 'Ends with 1 for a no, and says on stderr which grant is missing.',
  input: z.object({
    ...{ kubeconfig, context },
    words: z.array(z.string().min(1)).default([]),
    namespace: z.string().min(1).optional(),
    allNamespaces: z.boolean().default(false),
    subresource: z.string().min(1).optional(),
    list: z.boolean().default(false),
    quiet: z.boolean().default(false),
    noHeaders: z.boolean().default(false),
  }),
  arguments: {},
  rest: ['words', 'VERB TYPE, VERB TYPE/NAME or VERB TYPE NAME; with --list nothing'],
  options: {
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    allNamespaces: { short: 'A', description: 'In all namespaces' },
    subresource: { value: 'name', description: 'Of this part of the objects, e.g. log' },
    list: { description: 'All that you may do in the namespace' },
    quiet: { short: 'q', description: 'Only the exit code' },
    noHeaders: { description: 'Without the line of headings' },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [
    ['auth can-i delete pods -n shop', 'yes or no'],
    ['auth can-i --list', 'everything'],
  ],
  async run(typed, { out, err, openAccess, signal }) {
    const [{ checkAccess, readAccessRules }, { questionOf, ruleTable }, { defaultNamespace }] = await Promise.all([
      import('@quarterdeck/cluster'),
      import('../resources/access-question.ts'),
      import('../cluster/default-namespace.ts'),
    ]);
    const namespace = typed.namespace ?? (await defaultNamespace(typed));
    const access = await openAccess(typed);
    try {
      if (typed.list) {
        if (typed.words.length > 0) throw new AppError('VALIDATION_ERROR', '--list goes with no words.', { hint: 'Leave one of them out.' });
        out.write(ruleTable(await readAccessRules(access, namespace, signal), !typed.noHeaders));
        return 0;
      }
      const question = await questionOf(access, typed.words, { subresource: typed.subresource, namespace: typed.allNamespaces ? null : namespace, signal });
      const { allowed, grant } = await checkAccess(access, question, signal);
      if (!typed.quiet) out.write(allowed ? 'yes\n' : 'no\n');
      if (!typed.quiet && grant !== null && err.columns !== null) err.write(`${grant}\n`);
      return allowed ? 0 : 1;
    } finally {
      await access.close();
    }
  },
});
