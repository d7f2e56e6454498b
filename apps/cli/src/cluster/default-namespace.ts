import { loadKubeconfig, systemKubeconfigSources } from '@quarterdeck/cluster';
import type { ClusterChoice } from './cluster-options.ts';

/** The namespace of the chosen context, as kubectl takes it where none is given. */
export async function defaultNamespace({ kubeconfig, context, bundle }: ClusterChoice): Promise<string> {
  if (bundle !== undefined) return 'default';
  const { contexts, currentContext } = await loadKubeconfig({ ...systemKubeconfigSources(), ...(kubeconfig === undefined ? {} : { file: kubeconfig }) });
  return contexts.find(({ id }) => id === (context ?? currentContext))?.namespace ?? 'default';
}
