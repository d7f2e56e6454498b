import { type MetricName, type MetricsHistory, type MetricTarget, metricRoutes } from '@quarterdeck/contract';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useMay } from '../session/session.tsx';

/** A target as the route takes it. */
function fieldsOf(target: MetricTarget) {
  const { kind: _kind, ...fields } = target;
  return { target: target.kind, ...fields };
}

interface Span {
  /** Seconds until now. */
  seconds: number;
  /** Seconds between two points. */
  step: number;
}

/** Metrics of one target over time until now; asked for again as new points come in. Answers in the order of the metrics, null until all are there. */
export function useMetricsHistories(target: MetricTarget, metrics: readonly MetricName[], { seconds, step }: Span) {
  const { api } = useServices();
  const scope = useClusterScope();
  const may = useMay('metric.read');
  const results = useQueries({
    queries: metrics.map((metric) => ({
      queryKey: ['metrics history', scope.cluster, target, metric, seconds, step],
      queryFn: ({ signal }: { signal: AbortSignal }): Promise<MetricsHistory> => {
        const to = Math.floor(Date.now() / 1_000);
        return api.call(metricRoutes.getMetricsHistory, { ...scope, ...fieldsOf(target), metric, from: to - seconds, to, step }, { signal });
      },
      enabled: may,
      placeholderData: keepPreviousData<MetricsHistory>,
      refetchInterval: Math.max(15, step) * 1_000,
      staleTime: 10_000,
    })),
  });
  const answers = results.flatMap(({ data }) => data ?? []);
  return {
    answers: answers.length === metrics.length ? answers : null,
    error: results.find(({ error }) => error !== null)?.error ?? null,
    retry: () => {
      for (const { refetch } of results) void refetch();
    },
  };
}

/** The latest value that was measured within ten minutes; null where there is none. */
export function useLatestMetric(target: MetricTarget, metric: MetricName): number | null {
  const [answer] = useMetricsHistories(target, [metric], { seconds: 600, step: 60 }).answers ?? [];
  if (answer?.state !== 'available') return null;
  return answer.points.findLast(([, value]) => value !== null)?.[1] ?? null;
}
