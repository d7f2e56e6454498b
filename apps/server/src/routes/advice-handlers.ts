import { isSized, sizeReport } from '@quarterdeck/assistant';
import { type AdviceCheck, builtInKinds, type RouteCall, routes, type WorkloadSizeAdvice } from '@quarterdeck/contract';
import { catalogue } from '@quarterdeck/diagnosis';
import { askedCluster } from '../assistant/asked-cluster.ts';
import { handle, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import { type Services, withIssues } from './services.ts';

export function adviceHandlers(services: Services): Pick<RouteHandlers, 'listAdvice' | 'getSizeAdvice' | 'listAdviceChecks'> {
  return {
    listAdvice: handle(routes.listAdvice, ({ cluster, namespace, check, policy }, call) =>
      withIssues(services, cluster, call, async (_board, feed) => {
        const { id, version } = services.clusters.seenBy(call).get(cluster).status();
        const { advice, ignored, skipped } = await feed.advice({ namespace, check, policy: policy === 'true', version });
        const coverage = feed.coverage();
        return { cluster: id, advice, ignored, coverage: { complete: coverage.complete && skipped.length === 0, skipped: [...coverage.skipped, ...skipped] } };
      }),
    ),
    getSizeAdvice: handle(routes.getSizeAdvice, (workload, call) => sizeOf(services, workload, call)),
    listAdviceChecks: handle(routes.listAdviceChecks, () => adviceChecks),
  };
}

async function sizeOf(
  services: Services,
  { cluster, kind, namespace, name }: RouteCall<typeof routes.getSizeAdvice>,
  call: RouteCallContext,
): Promise<WorkloadSizeAdvice> {
  const ref = { apiVersion: builtInKinds[kind].apiVersion, kind, namespace, name };
  if (!isSized(ref)) return { state: 'unmeasured', reason: `A ${kind} has no size to choose.`, remedy: null };
  const metrics = await services.clusters.seenBy(call).get(cluster).metrics();
  metrics.remember();
  const leaving = new AbortController();
  try {
    const asked = await askedCluster(services, call, cluster, AbortSignal.any([call.signal, leaving.signal]));
    const { view } = await asked.checked(call.signal);
    const prices = await services.assistant.resourcePrices();
    return await sizeReport(ref, { metrics, view, now: Date.now(), prices }, call.signal);
  } finally {
    leaving.abort();
  }
}

const adviceChecks = catalogue().flatMap(({ code, title, severity, pack, documentation, silentWhen }): AdviceCheck[] =>
  severity === null || pack === null ? [] : [{ code, title, severity, pack, documentation, silentWhen }],
);
