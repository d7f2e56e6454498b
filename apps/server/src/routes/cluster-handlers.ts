import { recordAct } from '@quarterdeck/cluster';
import { type ActDraft, AppError, routes } from '@quarterdeck/contract';
import type { KubeconfigLibrary } from '../clusters/kubeconfig-library.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type ClusterRoutes = 'listClusters' | 'selectCluster' | 'connectCluster' | 'getClusterCosts' | 'listKubeconfigs' | 'uploadKubeconfig' | 'removeKubeconfig';

export function clusterHandlers({ acts, clusters, kubeconfigs }: Services): Pick<RouteHandlers, ClusterRoutes> {
  return {
    listClusters: handle(routes.listClusters, (_input, call) => clusters.seenBy(call).list()),
    selectCluster: handle(routes.selectCluster, ({ cluster }, call) => clusters.seenBy(call).select(cluster)),
    connectCluster: handle(routes.connectCluster, ({ cluster }, call) => clusters.seenBy(call).connect(cluster)),
    getClusterCosts: handle(routes.getClusterCosts, (_input, call) => clusters.seenBy(call).costs()),
    listKubeconfigs: handle(routes.listKubeconfigs, () => kubeconfigs?.describe() ?? { files: [], currentContext: null, problems: [] }),
    uploadKubeconfig: handle(routes.uploadKubeconfig, ({ name, text }, call) => {
      const library = libraryOf(kubeconfigs);
      return recordAct(acts.of(call, null), kubeconfigDraft('kubeconfig.upload', name), async () => library.upload(name, text));
    }),
    removeKubeconfig: handle(routes.removeKubeconfig, async ({ name }, call) => {
      const library = libraryOf(kubeconfigs);
      await recordAct(acts.of(call, null), kubeconfigDraft('kubeconfig.remove', name), () => library.remove(name));
      return library.describe();
    }),
  };
}

/** What is in the file is not written down. */
function kubeconfigDraft(action: 'kubeconfig.upload' | 'kubeconfig.remove', name: string): ActDraft {
  return { action, target: null, input: { name }, kubectl: null };
}

function libraryOf(kubeconfigs: KubeconfigLibrary | null): KubeconfigLibrary {
  if (kubeconfigs !== null) return kubeconfigs;
  throw new AppError('UNSUPPORTED', 'This workbench shows one recording and takes no kubeconfigs.', { hint: 'Start it without --bundle.' });
}
