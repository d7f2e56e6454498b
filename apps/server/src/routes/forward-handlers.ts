import { routes } from '@quarterdeck/contract';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type ForwardRoutes = 'listForwards' | 'startForward' | 'resumeForward' | 'stopForward';

export function forwardHandlers({ clusters, forwards }: Services): Pick<RouteHandlers, ForwardRoutes> {
  return {
    listForwards: handle(routes.listForwards, ({ cluster }) => forwards.list(cluster)),
    startForward: handle(routes.startForward, ({ cluster, autostart, ...request }) => forwards.start(clusters.get(cluster).source.id, request, autostart)),
    resumeForward: handle(routes.resumeForward, ({ id, autostart }) => forwards.resume(id, autostart)),
    stopForward: handle(routes.stopForward, async ({ cluster, id, forget }) => {
      await forwards.stop(id, forget);
      return forwards.list(cluster);
    }),
  };
}
