import { type AdviceCheck, routes } from '@quarterdeck/contract';
import { catalogue } from '@quarterdeck/diagnosis';
import { handle, type RouteHandlers } from './route-handler.ts';
import { type Services, withIssues } from './services.ts';

export function adviceHandlers(services: Services): Pick<RouteHandlers, 'listAdvice' | 'listAdviceChecks'> {
  return {
    listAdvice: handle(routes.listAdvice, ({ cluster, namespace, check, policy }, call) =>
      withIssues(services, cluster, call, async (_board, feed) => {
        const { id, version } = services.clusters.seenBy(call).get(cluster).status();
        const { advice, ignored, skipped } = await feed.advice({ namespace, check, policy: policy === 'true', version });
        const coverage = feed.coverage();
        return { cluster: id, advice, ignored, coverage: { complete: coverage.complete && skipped.length === 0, skipped: [...coverage.skipped, ...skipped] } };
      }),
    ),
    listAdviceChecks: handle(routes.listAdviceChecks, () => adviceChecks),
  };
}

const adviceChecks = catalogue().flatMap(({ code, title, severity, pack, documentation, silentWhen }): AdviceCheck[] =>
  severity === null || pack === null ? [] : [{ code, title, severity, pack, documentation, silentWhen }],
);
