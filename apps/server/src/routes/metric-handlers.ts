import { type MetricsNow, routes } from '@quarterdeck/contract';
import { metricTarget } from '../metrics/metric-target.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type MetricRoutes = 'getMetricsNow' | 'getMetricsHistory' | 'listMetricsSources';

const hour = 3_600;

export function metricHandlers({ clusters }: Services): Pick<RouteHandlers, MetricRoutes> {
  return {
    getMetricsNow: handle(routes.getMetricsNow, async ({ cluster, of, namespace, labelSelector }, call) => {
      const { signal } = call;
      const runtime = clusters.seenBy(call).get(cluster);
      const source = await runtime.metrics();
      source.remember();
      const scopes = of === 'nodes' ? [null] : await scopesOf(runtime, namespace, signal);
      const selected = labelSelector === undefined ? {} : { labelSelector };
      return together(await Promise.all(scopes.map((scope) => source.now({ of, namespace: scope, ...selected }, signal))));
    }),
    getMetricsHistory: handle(routes.getMetricsHistory, async ({ cluster, metric, step, from, to, ...target }, call) => {
      const end = to ?? Math.floor(Date.now() / 1_000);
      const query = { target: metricTarget(target), metric, from: from ?? end - hour, to: end, step };
      return (await clusters.seenBy(call).get(cluster).metrics()).history(query, call.signal);
    }),
    listMetricsSources: handle(routes.listMetricsSources, async ({ cluster }, call) =>
      (await clusters.seenBy(call).get(cluster).metrics()).sources(call.signal),
    ),
  };
}

/** Null is all namespaces at once; whoever may not look at all of them looks at their own. */
async function scopesOf(runtime: SeenCluster, namespace: string | undefined, signal: AbortSignal): Promise<(string | null)[]> {
  if (namespace !== undefined) return [namespace];
  const own = await runtime.scopeOf(await runtime.kind('Pod', signal));
  return own.length === 0 ? [null] : [...own];
}

/** The pods of several namespaces as one answer; what is missing is said. */
function together(answers: readonly MetricsNow[]): MetricsNow {
  const available = answers.filter((answer) => answer.state === 'available');
  const missing = answers.filter((answer) => answer.state === 'unavailable');
  const [first] = available;
  if (first === undefined) return missing[0] ?? { state: 'unavailable', reason: 'There is no namespace that you may look at.', remedy: 'Name a namespace.' };
  const notes = [...available.flatMap((answer) => answer.notes), ...missing.map(({ reason }) => reason)];
  return { ...first, pods: available.flatMap(({ pods }) => pods), notes: [...new Set(notes)] };
}
