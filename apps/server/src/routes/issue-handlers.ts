import { recordAct } from '@quarterdeck/cluster';
import { routes } from '@quarterdeck/contract';
import { handle, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import { type Services, withIssues } from './services.ts';

type IssueRoutes = 'listIssues' | 'getIssue' | 'getCoverage' | 'dismissIssue' | 'restoreIssue';

export function issueHandlers(services: Services): Pick<RouteHandlers, IssueRoutes> {
  const actsOn = (cluster: string | undefined, call: RouteCallContext) => services.acts.of(call, services.clusters.seenBy(call).get(cluster).source.id);
  return {
    listIssues: handle(routes.listIssues, ({ cluster, dismissed, ...query }, call) =>
      withIssues(services, cluster, call, (board) => board.list({ ...query, dismissed: dismissed === 'true' })),
    ),
    getIssue: handle(routes.getIssue, ({ cluster, id }, call) => withIssues(services, cluster, call, (board) => board.detail(id))),
    getCoverage: handle(routes.getCoverage, ({ cluster }, call) => withIssues(services, cluster, call, (board) => board.coverage())),
    dismissIssue: handle(routes.dismissIssue, ({ cluster, id, reason }, call) =>
      withIssues(services, cluster, call, (board) => {
        const draft = { action: 'issue.dismiss' as const, target: null, input: { issue: id, reason }, kubectl: null };
        return recordAct(actsOn(cluster, call), draft, () => board.dismiss(id, reason, call.actor.id));
      }),
    ),
    restoreIssue: handle(routes.restoreIssue, ({ cluster, id }, call) =>
      withIssues(services, cluster, call, (board) => {
        const draft = { action: 'issue.restore' as const, target: null, input: { issue: id }, kubectl: null };
        return recordAct(actsOn(cluster, call), draft, () => board.restore(id));
      }),
    ),
  };
}
