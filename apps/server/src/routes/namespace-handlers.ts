import { routes } from '@quarterdeck/contract';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function namespaceHandlers({ clusters, typedNamespaces }: Services): Pick<RouteHandlers, 'listNamespaces' | 'rememberNamespaces'> {
  return {
    listNamespaces: handle(routes.listNamespaces, ({ cluster }) => clusters.get(cluster).reach.namespaces()),
    rememberNamespaces: handle(routes.rememberNamespaces, async ({ cluster, add, remove }) => {
      const runtime = clusters.get(cluster);
      await typedNamespaces.change(runtime.source.id, { add, remove });
      await clusters.scopeChanged(runtime);
      return runtime.reach.namespaces();
    }),
  };
}
