import { AppError, routes } from '@quarterdeck/contract';
import { type ClusterView, capacityOf, recentChanges } from '@quarterdeck/diagnosis';
import type { IssueFeed } from '../clusters/issue-feed.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import { type Services, withIssues } from './services.ts';

export function overviewHandlers(services: Services): Pick<RouteHandlers, 'listRecentChanges' | 'getCapacity'> {
  return {
    listRecentChanges: handle(routes.listRecentChanges, ({ cluster, namespace, minutes, limit }, call) =>
      withIssues(services, cluster, call, (_board, feed) => {
        const view = checked(feed);
        const since = view.now - minutes * 60_000;
        return { since: new Date(since).toISOString(), ...recentChanges(view, { since, namespace, limit }) };
      }),
    ),
    getCapacity: handle(routes.getCapacity, ({ cluster }, call) => withIssues(services, cluster, call, (_board, feed) => capacityOf(checked(feed)))),
  };
}

function checked(feed: Pick<IssueFeed, 'view'>): ClusterView {
  const view = feed.view();
  if (view === null) throw new AppError('CLUSTER_ERROR', 'The first check is not done yet.', { hint: 'Try again in a moment.' });
  return view;
}
