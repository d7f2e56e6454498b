import * as z from 'zod';
import { clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { checkText } from '../output/cluster-table.ts';
import { withProgress } from '../output/progress.ts';
import { structured } from '../output/structured.ts';

/** What exit codes 4 and 9 mean for every other command: a login that is refused, a cluster that does not answer. */
const exitCodes = { live: 0, partial: 0, authNeeded: 4, offline: 9 } as const;

export const clustersCheck = defineCommand({
  name: 'clusters check',
  summary: 'Connect to a cluster, and show how it answers, who you are there and what you may see',
  input: z.object({ name: z.string().min(1).optional(), kubeconfig: z.string().min(1).optional(), output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: { name: 'Context of the kubeconfig (default: the current one)' },
  options: { output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' }, kubeconfig: clusterOptions.kubeconfig },
  examples: [['clusters check staging', 'the state, the reason and what to do']],
  async run({ name, kubeconfig, output }, { out, err, signal }) {
    const { checkCluster } = await import('../cluster/check-cluster.ts');
    const { chooseContext } = await import('../cluster/choose-context.ts');
    const context = await chooseContext(kubeconfig, name);
    const check = await withProgress(err, `Asking ${context.id}`, () => checkCluster(context, signal));
    out.write(output === 'text' ? checkText(check, { columns: out.columns ?? 100, colour: out.colour }) : structured(check, output));
    return exitCodes[check.state];
  },
});
