import { routes } from '@quarterdeck/contract';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function clusterHandlers({ clusters }: Services): Pick<RouteHandlers, 'listClusters' | 'selectCluster'> {
  return {
    listClusters: handle(routes.listClusters, () => clusters.list()),
    selectCluster: handle(routes.selectCluster, async ({ cluster }) => {
      const runtime = clusters.select(cluster);
      // A cluster that can't be reached is selected all the same: its state says why, and how to get out of it.
      await runtime.connect().catch(() => null);
      return clusters.describe(runtime);
    }),
  };
}
