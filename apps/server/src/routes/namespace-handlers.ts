import { routes } from '@quarterdeck/contract';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function namespaceHandlers({ clusters }: Services): Pick<RouteHandlers, 'listNamespaces' | 'rememberNamespaces'> {
  return {
    listNamespaces: handle(routes.listNamespaces, ({ cluster }, call) => clusters.seenBy(call).get(cluster).namespaces()),
    rememberNamespaces: handle(routes.rememberNamespaces, ({ cluster, add, remove }, call) =>
      clusters.seenBy(call).rememberNamespaces(cluster, { add, remove }),
    ),
  };
}
