import { type MetricName, type MetricsHistory, type MetricTarget, routes } from '@quarterdeck/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useMay } from '../session/session.tsx';

/** A target as the route takes it. */
function fieldsOf(target: MetricTarget) {
  const { kind: _kind, ...fields } = target;
  return { target: target.kind, ...fields };
}

export interface Span {
  /** Seconds until now. */
  seconds: number;
  /** Seconds between two points. */
  step: number;
}

/** One metric over time until now; asked for again as new points come in. */
export function useMetricsHistory(target: MetricTarget, metric: MetricName, { seconds, step }: Span, enabled = true) {
  const { api } = useServices();
  const scope = useClusterScope();
  const may = useMay('metric.read');
  return useQuery({
    queryKey: ['metrics history', scope.cluster, target, metric, seconds, step],
    queryFn: ({ signal }): Promise<MetricsHistory> => {
      const to = Math.floor(Date.now() / 1_000);
      return api.call(routes.getMetricsHistory, { ...scope, ...fieldsOf(target), metric, from: to - seconds, to, step }, { signal });
    },
    enabled: may && enabled,
    placeholderData: keepPreviousData,
    refetchInterval: Math.max(15, step) * 1_000,
    staleTime: 10_000,
  });
}

/** The latest value that was measured within ten minutes; null where there is none. */
export function useLatestMetric(target: MetricTarget, metric: MetricName): number | null {
  const { data } = useMetricsHistory(target, metric, { seconds: 600, step: 60 });
  if (data?.state !== 'available') return null;
  return data.points.findLast(([, value]) => value !== null)?.[1] ?? null;
}
