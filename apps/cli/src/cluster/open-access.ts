import { type ClusterAccess, loadKubeconfig, openCluster, openRecording, systemKubeconfigSources } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import type { ClusterChoice } from './cluster-options.ts';

/**
 * Opens the cluster, or the recording, that a command is about. The caller closes it.
 * Throws VALIDATION_ERROR (a bundle and a cluster at once), KUBECONFIG_INVALID, BUNDLE_INVALID, NOT_FOUND.
 */
export async function openAccess({ kubeconfig, context, bundle }: ClusterChoice, signal: AbortSignal): Promise<ClusterAccess> {
  if (bundle === undefined) return openCluster(await chooseContext(kubeconfig, context));
  if (kubeconfig !== undefined || context !== undefined) {
    throw new AppError('VALIDATION_ERROR', '--bundle goes with neither --kubeconfig nor --context.', { hint: 'Name a recording or a cluster, not both.' });
  }
  return openRecording(bundle, { signal });
}

async function chooseContext(file: string | undefined, name: string | undefined) {
  const { contexts, currentContext, problems } = await loadKubeconfig({ ...systemKubeconfigSources(), ...(file === undefined ? {} : { file }) });
  const wanted = name ?? currentContext;
  const found = contexts.find((context) => context.id === wanted);
  if (found !== undefined) return found;
  const known = contexts.map((context) => context.id);
  if (name !== undefined && known.length > 0) {
    throw new AppError('NOT_FOUND', `The kubeconfig has no usable context ${name}.`, { hint: `Choose one of: ${known.join(', ')}.`, details: { known } });
  }
  const [problem] = problems;
  if (problem !== undefined) throw new AppError('KUBECONFIG_INVALID', `${problem.message}.`, { hint: problem.hint });
  if (known.length > 0)
    throw new AppError('KUBECONFIG_INVALID', 'The kubeconfig has no current context.', { hint: `Choose one with --context: ${known.join(', ')}.` });
  throw new AppError('KUBECONFIG_INVALID', 'There is no kubeconfig.', {
    hint: 'Name one with --kubeconfig or KUBECONFIG, start a cluster with `qd sandbox up`, or look at the recorded demo with `qd`.',
  });
}
