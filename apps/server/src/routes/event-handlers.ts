import { routes } from '@quarterdeck/contract';
import { listEvents } from '../events/events-of.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function eventHandlers({ clusters }: Services): Pick<RouteHandlers, 'listEvents'> {
  return {
    listEvents: handle(routes.listEvents, ({ cluster, ...filter }, call) => listEvents(clusters.seenBy(call).get(cluster), filter, call.signal)),
  };
}
