import type { ClusterContext } from '../kubeconfig/cluster-context.ts';
import { loadKubeconfig, systemKubeconfigSources } from '../kubeconfig/load-kubeconfig.ts';

/** The current context of a file; without one, of the cluster of the integration tests, as QD_TEST_KUBECONFIG names it. */
export async function sandboxContext(file = process.env.QD_TEST_KUBECONFIG ?? ''): Promise<ClusterContext> {
  const { contexts, currentContext } = await loadKubeconfig({ ...systemKubeconfigSources(), file });
  const found = contexts.find((context) => context.id === currentContext);
  if (found === undefined) throw new Error(`${file || 'QD_TEST_KUBECONFIG'} has no usable current context`);
  return found;
}
