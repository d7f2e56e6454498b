import type { ClusterContext, Kubeconfig } from '@quarterdeck/cluster';
import * as z from 'zod';
import type { ClusterCheck } from '../cluster/check-cluster.ts';
import { clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { clusterTable } from '../output/cluster-table.ts';
import { withProgress } from '../output/progress.ts';
import { structured } from '../output/structured.ts';

/** Each check is one connection; more at once would look like an attack on a shared gateway. */
const checksAtOnce = 4;

export const clusters = defineCommand({
  name: 'clusters',
  summary: 'Show the clusters of the kubeconfig, and what is wrong in its files',
  description: 'Connects to none of them, unless --check is given.',
  input: z.object({
    kubeconfig: z.string().min(1).optional(),
    check: z.boolean().default(false),
    output: z.enum(['table', 'json', 'yaml', 'name']).default('table'),
  }),
  arguments: {},
  options: {
    check: { description: 'Connect to each, and show how it answers' },
    output: { short: 'o', value: 'table|json|yaml|name', description: 'Form of the output (default: table)' },
    kubeconfig: { ...clusterOptions.kubeconfig, description: 'Kubeconfig file or folder (default: KUBECONFIG, then ~/.kube/config)' },
  },
  examples: [
    ['clusters', 'the contexts, and problems with their line'],
    ['clusters --check', 'with the state of each'],
    ['clusters check staging', 'one, in more detail'],
  ],
  async run({ kubeconfig: file, check, output }, { out, err, signal }) {
    const { readKubeconfig } = await import('../cluster/read-kubeconfig.ts');
    const kubeconfig = await readKubeconfig(file);
    const checks = check ? await withProgress(err, `Asking ${kubeconfig.contexts.length} clusters`, () => checkAll(kubeconfig.contexts, signal)) : new Map();
    if (output === 'table') out.write(clusterTable(kubeconfig, checks, { columns: out.columns ?? 100, colour: out.colour }));
    else if (output === 'name') out.write(kubeconfig.contexts.map(({ id }) => `${id}\n`).join(''));
    else out.write(structured(described(kubeconfig, checks), output));
    return 0;
  },
});

async function checkAll(contexts: readonly ClusterContext[], signal: AbortSignal): Promise<Map<string, ClusterCheck>> {
  const { checkCluster } = await import('../cluster/check-cluster.ts');
  const waiting = [...contexts];
  const checks = new Map<string, ClusterCheck>();
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) checks.set(next.id, await checkCluster(next, signal));
  };
  await Promise.all(Array.from({ length: checksAtOnce }, worker));
  return new Map(
    contexts.flatMap(({ id }) => (checks.has(id) ? [[id, checks.get(id)]] : [])).filter((entry): entry is [string, ClusterCheck] => entry[1] !== undefined),
  );
}

function described({ contexts, currentContext, problems }: Kubeconfig, checks: ReadonlyMap<string, ClusterCheck>) {
  return {
    currentContext,
    clusters: contexts.map(({ id, server, cluster, user, namespace, file, origin }) => ({
      id,
      server,
      cluster,
      user,
      namespace,
      file,
      origin,
      check: checks.get(id) ?? null,
    })),
    problems,
  };
}
