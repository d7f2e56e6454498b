import { type ClusterAccess, openCluster, openRecording } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { chooseContext } from './choose-context.ts';
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
