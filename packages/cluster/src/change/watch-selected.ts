import type { ClusterAccess } from '../access/cluster-access.ts';
import { WatchHub } from '../watch/watch-hub.ts';

/** Live lists of the objects that a field selector picks: one object by name, the pods of one node. The caller closes the hub. */
export function watchSelected(access: Pick<ClusterAccess, 'list' | 'watch'>, selectors: { fieldSelector: string; labelSelector?: string }): WatchHub {
  return new WatchHub({
    list: (kind, options) => access.list(kind, { ...options, ...selectors }),
    watch: (kind, options) => access.watch(kind, { ...options, ...selectors }),
  });
}
