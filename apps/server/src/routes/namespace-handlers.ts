import { namespaceContents } from '@quarterdeck/cluster';
import { routes } from '@quarterdeck/contract';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function namespaceHandlers({ clusters }: Services): Pick<RouteHandlers, 'listNamespaces' | 'rememberNamespaces' | 'getNamespaceContents'> {
  return {
    listNamespaces: handle(routes.listNamespaces, ({ cluster }, call) => clusters.seenBy(call).get(cluster).namespaces()),
    rememberNamespaces: handle(routes.rememberNamespaces, ({ cluster, add, remove }, call) =>
      clusters.seenBy(call).rememberNamespaces(cluster, { add, remove }),
    ),
    getNamespaceContents: handle(routes.getNamespaceContents, async ({ cluster, namespace }, call) => {
      const seen = clusters.seenBy(call).get(cluster);
      return namespaceContents(await seen.access(), await seen.kinds(call.signal), namespace, call.signal);
    }),
  };
}
