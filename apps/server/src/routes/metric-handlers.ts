import { type MetricsNow, routes } from '@quarterdeck/contract';
import type { ClusterRuntime } from '../clusters/cluster-runtime.ts';
import { metricTarget } from '../metrics/metric-target.ts';
import { MetricsOfClusters } from '../metrics/metrics-of.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type MetricRoutes = 'getMetricsNow' | 'getMetricsHistory' | 'listMetricsSources';

const hour = 3_600;

export function metricHandlers({ clusters }: Services): Pick<RouteHandlers, MetricRoutes> {
  const metrics = new MetricsOfClusters();
  return {
    getMetricsNow: handle(routes.getMetricsNow, async ({ cluster, of, namespace, labelSelector }, { signal }) => {
      const runtime = clusters.get(cluster);
      const source = await metrics.of(runtime);
      source.remember();
      const scopes = of === 'nodes' ? [null] : await scopesOf(runtime, namespace, signal);
      const selected = labelSelector === undefined ? {} : { labelSelector };
      return together(await Promise.all(scopes.map((scope) => source.now({ of, namespace: scope, ...selected }, signal))));
    }),
    getMetricsHistory: handle(routes.getMetricsHistory, async ({ cluster, metric, step, from, to, ...target }, { signal }) => {
      const end = to ?? Math.floor(Date.now() / 1_000);
      const query = { target: metricTarget(target), metric, from: from ?? end - hour, to: end, step };
      return (await metrics.of(clusters.get(cluster))).history(query, signal);
    }),
    listMetricsSources: handle(routes.listMetricsSources, async ({ cluster }, { signal }) => (await metrics.of(clusters.get(cluster))).sources(signal)),
  };
}

/** Null is all namespaces at once; whoever may not look at all of them looks at their own. */
async function scopesOf(runtime: ClusterRuntime, namespace: string | undefined, signal: AbortSignal): Promise<(string | null)[]> {
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
