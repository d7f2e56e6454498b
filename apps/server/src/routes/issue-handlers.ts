import { routes } from '@quarterdeck/contract';
import { handle, type RouteHandlers } from './route-handler.ts';
import { type Services, withIssues } from './services.ts';

type IssueRoutes = 'listIssues' | 'getIssue' | 'getCoverage' | 'dismissIssue' | 'restoreIssue';

export function issueHandlers(services: Services): Pick<RouteHandlers, IssueRoutes> {
  return {
    listIssues: handle(routes.listIssues, ({ cluster, dismissed, ...query }, { signal }) =>
      withIssues(services, cluster, signal, (board) => board.list({ ...query, dismissed: dismissed === 'true' })),
    ),
    getIssue: handle(routes.getIssue, ({ cluster, id }, { signal }) => withIssues(services, cluster, signal, (board) => board.detail(id))),
    getCoverage: handle(routes.getCoverage, ({ cluster }, { signal }) => withIssues(services, cluster, signal, (board) => board.coverage())),
    dismissIssue: handle(routes.dismissIssue, ({ cluster, id, reason }, { actor, signal }) =>
      withIssues(services, cluster, signal, (board) => board.dismiss(id, reason, actor.id)),
    ),
    restoreIssue: handle(routes.restoreIssue, ({ cluster, id }, { signal }) => withIssues(services, cluster, signal, (board) => board.restore(id))),
  };
}
