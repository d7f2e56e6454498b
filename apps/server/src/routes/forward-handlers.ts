import { forwardDraft, recordAct } from '@quarterdeck/cluster';
import { routes } from '@quarterdeck/contract';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type ForwardRoutes = 'listForwards' | 'startForward' | 'resumeForward' | 'stopForward';

export function forwardHandlers({ acts, clusters, forwards }: Services): Pick<RouteHandlers, ForwardRoutes> {
  return {
    listForwards: handle(routes.listForwards, ({ cluster }) => forwards.list(cluster)),
    startForward: handle(routes.startForward, ({ cluster, autostart, ...request }, call) => {
      const { id } = clusters.get(cluster).source;
      return recordAct(
        acts.of(call, id),
        forwardDraft(request),
        () => forwards.start(id, request, autostart),
        ({ ports }) => ({ detail: { ports } }),
      );
    }),
    resumeForward: handle(routes.resumeForward, ({ id, autostart }, call) => {
      const { cluster, ...request } = forwards.declaration(id);
      return recordAct(acts.of(call, cluster), forwardDraft(request), () => forwards.resume(id, autostart));
    }),
    stopForward: handle(routes.stopForward, async ({ cluster, id, forget }) => {
      await forwards.stop(id, forget);
      return forwards.list(cluster);
    }),
  };
}
