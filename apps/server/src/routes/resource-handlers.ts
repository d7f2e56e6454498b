import { readManagedFields } from '@quarterdeck/cluster';
import { routes } from '@quarterdeck/contract';
import { listCellValues, listResources } from '../resources/list-resources.ts';
import { shownObject } from '../resources/read-object.ts';
import { searchObjects } from '../resources/search-objects.ts';
import { withOwners } from '../resources/show-object.ts';
import { readTree } from '../tree/read-tree.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import { type Services, withIssues } from './services.ts';

type ResourceRoutes = 'listKinds' | 'listResources' | 'listCellValues' | 'getResource' | 'getTree' | 'searchObjects';

export function resourceHandlers(services: Services): Pick<RouteHandlers, ResourceRoutes> {
  const { clusters } = services;
  return {
    listKinds: handle(routes.listKinds, ({ cluster }, call) => clusters.seenBy(call).get(cluster).kinds(call.signal)),
    listResources: handle(routes.listResources, ({ cluster, namespace, labels, filter = '', sort = '', ...rest }, call) =>
      listResources(clusters.seenBy(call).get(cluster), { ...rest, namespaces: namesIn(namespace), labels: namesIn(labels), filter, sort }, call.signal),
    ),
    listCellValues: handle(routes.listCellValues, ({ cluster, namespace, ...rest }, call) =>
      listCellValues(clusters.seenBy(call).get(cluster), { ...rest, namespaces: namesIn(namespace) }, call.signal),
    ),
    getResource: handle(routes.getResource, async ({ cluster, kind, namespace = null, name, owners }, call) => {
      const { signal } = call;
      const runtime = clusters.seenBy(call).get(cluster);
      const [access, resourceKind] = await Promise.all([runtime.access(), runtime.kind(kind, signal)]);
      const shown = await shownObject(access, await access.get(resourceKind, namespace, name, signal), signal);
      return owners === 'true' ? withOwners(shown, await readManagedFields(access, { kind: resourceKind, namespace, name }, signal)) : shown;
    }),
    searchObjects: handle(routes.searchObjects, ({ cluster, q, limit }, call) =>
      withIssues(services, cluster, call, (_board, feed) => {
        const view = feed.view();
        return view === null ? { items: [], total: 0 } : searchObjects(view, q, limit);
      }),
    ),
    getTree: handle(routes.getTree, ({ cluster, namespace }, call) => readTree(clusters.seenBy(call).get(cluster), namespace ?? null, call.signal)),
  };
}

/** `a,b` as its names. */
function namesIn(list = ''): string[] {
  return list.split(',').filter((name) => name !== '');
}
