import { forwardDraft, recordAct } from '@quarterdeck/cluster';
import { routes } from '@quarterdeck/contract';
import { notThere } from '../policy/not-there.ts';
import { needForward, seenForwards, seesForward } from '../policy/seen-forwards.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type ForwardRoutes = 'listForwards' | 'startForward' | 'resumeForward' | 'stopForward';

export function forwardHandlers({ acts, clusters, forwards }: Services): Pick<RouteHandlers, ForwardRoutes> {
  return {
    listForwards: handle(routes.listForwards, ({ cluster }, call) => seenForwards(clusters.seenBy(call), forwards.list(cluster))),
    startForward: handle(routes.startForward, ({ cluster, autostart, ...request }, call) => {
      const seen = clusters.seenBy(call);
      if (!seesForward(seen, request)) throw notThere([request.kind, request.name].filter((part) => part !== undefined).join(' '));
      const { id } = seen.get(cluster).source;
      const access = () => seen.get(id).access();
      return recordAct(
        acts.of(call, id),
        forwardDraft(request),
        () => forwards.start(id, request, { autostart, access }),
        ({ ports }) => ({ detail: { ports } }),
      );
    }),
    resumeForward: handle(routes.resumeForward, ({ id, autostart }, call) => {
      const { cluster, ...request } = forwards.declaration(id);
      const seen = clusters.seenBy(call);
      needForward(seen, id, request);
      const access = () => seen.get(cluster).access();
      return recordAct(acts.of(call, cluster), forwardDraft(request), () => forwards.resume(id, { autostart, access }));
    }),
    stopForward: handle(routes.stopForward, async ({ cluster, id, forget }, call) => {
      const seen = clusters.seenBy(call);
      needForward(seen, id, forwards.declaration(id));
      await forwards.stop(id, forget);
      return seenForwards(seen, forwards.list(cluster));
    }),
  };
}
