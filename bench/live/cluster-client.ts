import { type ClusterAccess, loadKubeconfig, openCluster, systemKubeconfigSources } from '@quarterdeck/cluster';

/** The current context of a kubeconfig file. The caller closes it. */
export async function openKubeconfig(file: string): Promise<ClusterAccess> {
  const { contexts, currentContext, problems } = await loadKubeconfig({ ...systemKubeconfigSources(), file });
  const context = contexts.find(({ id }) => id === currentContext);
  if (context === undefined) throw new Error(`${file} has no usable context. ${problems.map(({ message }) => message).join('; ')}`);
  return openCluster(context);
}
