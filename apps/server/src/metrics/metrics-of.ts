import { type ClusterAccess, ClusterMetrics } from '@quarterdeck/cluster';
import type { ClusterRuntime } from '../clusters/cluster-runtime.ts';
import { untilRead } from '../clusters/live-list.ts';

/**
 * The metrics of each cluster that somebody asked for. Sampling ends by itself when nobody asks any more, or the
 * cluster is closed.
 */
export class MetricsOfClusters {
  private readonly known = new WeakMap<ClusterAccess, ClusterMetrics>();

  async of(runtime: ClusterRuntime): Promise<ClusterMetrics> {
    const access = await runtime.access();
    const known = this.known.get(access);
    if (known !== undefined) return known;
    const metrics = new ClusterMetrics(access, {
      // The lists that the tables hold anyway.
      listObjects: async (kind, namespace, signal) => {
        const list = await runtime.openList(await runtime.kind(kind, signal), namespace === null ? [] : [namespace]);
        try {
          await untilRead(list, signal);
          return list.items();
        } finally {
          list.release();
        }
      },
    });
    this.known.set(access, metrics);
    return metrics;
  }
}
