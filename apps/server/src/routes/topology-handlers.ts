import { AppError, type ObjectRef, routes, type Topology } from '@quarterdeck/contract';
import { type ClusterView, type TopologyScope, topologyAround, topologyOf } from '@quarterdeck/diagnosis';
import { handle, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import { type Services, withIssues } from './services.ts';

type Drawn = Omit<Topology, 'asOf' | 'notSeen'>;

/** The topology is drawn from what the last check looked at, as the caller sees it. */
export function topologyHandlers(services: Services): Pick<RouteHandlers, 'getTopology' | 'getObjectTopology'> {
  const drawn = (
    cluster: string | undefined,
    call: RouteCallContext,
    draw: (view: ClusterView, scope: TopologyScope) => Drawn | Promise<Drawn>,
  ): Promise<Topology> =>
    withIssues(services, cluster, call, async (_board, feed) => {
      const view = feed.view();
      const asOf = feed.checkedAt();
      if (view === null || asOf === null) throw new AppError('CLUSTER_ERROR', 'The first check is not done yet.', { hint: 'Try again in a moment.' });
      const seen = services.clusters.seenBy(call).get(cluster);
      const { skipped } = feed.coverage();
      return { asOf, notSeen: skipped, ...(await draw(view, { issues: feed.issues(), isShown: (ref) => seen.sees(ref) })) };
    });
  return {
    getTopology: handle(routes.getTopology, ({ cluster, namespaces, also }, call) =>
      drawn(cluster, call, (view, scope) => topologyOf(view, { namespaces, also: new Set(also) }, scope)),
    ),
    getObjectTopology: handle(routes.getObjectTopology, ({ cluster, kind: asked, namespace, name }, call) =>
      drawn(cluster, call, async (view, scope) => {
        const { apiVersion, kind, namespaced } = await services.clusters.seenBy(call).get(cluster).kind(asked, call.signal);
        const object: ObjectRef = { apiVersion, kind, namespace: namespaced ? (namespace ?? null) : null, name };
        return topologyAround(view, object, scope);
      }),
    ),
  };
}
