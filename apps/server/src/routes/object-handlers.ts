import { type ObjectRef, routes } from '@quarterdeck/contract';
import { type ClusterView, neighboursOf, timelineOfObjects } from '@quarterdeck/diagnosis';
import { handle, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import { type Services, withIssues } from './services.ts';

type ObjectRoutes = 'getRelations' | 'getObjectHistory';

interface Asked {
  cluster?: string | undefined;
  kind: string;
  namespace?: string | undefined;
  name: string;
}

const nothing = { owners: [], owned: [], neighbours: [], leftOut: 0 };

export function objectHandlers(services: Services): Pick<RouteHandlers, ObjectRoutes> {
  const about = <T>(asked: Asked, call: RouteCallContext, read: (ref: ObjectRef, view: ClusterView) => T, none: T): Promise<T> =>
    withIssues(services, asked.cluster, call, async (_board, feed) => {
      const { apiVersion, kind, namespaced } = await services.clusters.seenBy(call).get(asked.cluster).kind(asked.kind, call.signal);
      const view = feed.view();
      const ref: ObjectRef = { apiVersion, kind, namespace: namespaced ? (asked.namespace ?? null) : null, name: asked.name };
      return view === null ? none : read(ref, view);
    });
  return {
    getRelations: handle(routes.getRelations, (asked, call) => about(asked, call, neighboursOf, nothing)),
    getObjectHistory: handle(routes.getObjectHistory, (asked, call) => about(asked, call, historyOf, [])),
  };
}

/** Events have a list of their own. */
function historyOf(ref: ObjectRef, view: ClusterView) {
  return timelineOfObjects([ref], 0, view)
    .filter(({ source }) => source !== 'event')
    .reverse();
}
