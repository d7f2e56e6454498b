import { checkAccess, readAccessRules } from '@quarterdeck/cluster';
import { routes } from '@quarterdeck/contract';
import { whoCan } from '@quarterdeck/diagnosis';
import { handle, type RouteHandlers } from './route-handler.ts';
import { type Services, withIssues } from './services.ts';

type AccessRoutes = 'listAccessRules' | 'checkAccess' | 'listWhoCan';

export function accessHandlers(services: Services): Pick<RouteHandlers, AccessRoutes> {
  const { clusters } = services;
  return {
    listAccessRules: handle(routes.listAccessRules, async ({ cluster, namespace }, call) =>
      readAccessRules(await clusters.seenBy(call).get(cluster).access(), namespace, call.signal),
    ),
    checkAccess: handle(routes.checkAccess, async ({ cluster, ...question }, call) =>
      checkAccess(await clusters.seenBy(call).get(cluster).access(), question, call.signal),
    ),
    listWhoCan: handle(routes.listWhoCan, ({ cluster, ...question }, call) =>
      withIssues(services, cluster, call, (_board, feed) => {
        const view = feed.view();
        return view === null ? { grants: [], unread: [] } : whoCan(view, question);
      }),
    ),
  };
}
