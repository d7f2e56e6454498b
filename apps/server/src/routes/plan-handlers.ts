import { AppError, routes } from '@quarterdeck/contract';
import { handle, type RouteHandlers } from './route-handler.ts';
import { type Services, withIssues } from './services.ts';

export function planHandlers(services: Services): Pick<RouteHandlers, 'createPlan'> {
  return {
    createPlan: handle(routes.createPlan, ({ cluster, ...request }, { signal }) =>
      withIssues(services, cluster, signal, (_board, feed) => {
        const plan = feed.plan(request);
        if (plan !== null) return plan;
        throw new AppError('NOT_FOUND', `There is no issue ${request.issueId} now.`, { hint: 'It may have gone away. List the issues to see what is open.' });
      }),
    ),
  };
}
