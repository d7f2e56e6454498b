import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { loadKubeconfig, systemKubeconfigSources } from '../kubeconfig/load-kubeconfig.ts';

/** The cluster of the integration tests. The caller closes it. */
export async function openSandbox(kubeconfig: string): Promise<ClusterAccess> {
  const { contexts, currentContext } = await loadKubeconfig({ ...systemKubeconfigSources(), file: kubeconfig });
  const context = contexts.find(({ id }) => id === currentContext);
  if (context === undefined) throw new Error(`${kubeconfig} has no usable current context`);
  return openCluster(context);
}
