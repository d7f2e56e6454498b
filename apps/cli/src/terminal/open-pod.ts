import type { ClusterAccess, Transport } from '@quarterdeck/cluster';
import type { ClusterChoice } from '../cluster/cluster-options.ts';
import type { CommandContext } from '../context.ts';

export interface PodUse {
  access: ClusterAccess;
  api: Transport;
  namespace: string;
  pod: string;
}

export type PodChoice = ClusterChoice & { namespace?: string | undefined };

/** Opens the cluster, finds the pod that `web-1`, `pod/web-1` or `deploy/web` means, and closes the cluster after. */
export async function withPod<T>(target: string, choice: PodChoice, context: CommandContext, use: (pod: PodUse) => Promise<T>): Promise<T> {
  const [{ apiOf, pickPod }, { defaultNamespace }] = await Promise.all([import('@quarterdeck/cluster'), import('../cluster/default-namespace.ts')]);
  const namespace = choice.namespace ?? (await defaultNamespace(choice));
  const access = await context.openAccess(choice);
  try {
    const slash = target.indexOf('/');
    const wanted = { namespace, kind: slash < 0 ? 'Pod' : target.slice(0, slash), name: target.slice(slash + 1) };
    const api = apiOf(access);
    return await use({ access, api, namespace, pod: await pickPod(access, wanted, context.signal) });
  } finally {
    await access.close();
  }
}
