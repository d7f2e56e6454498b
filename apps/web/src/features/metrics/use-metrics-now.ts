import { type MetricsNow, metricRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useMay } from '../session/session.tsx';

/** Its source measures every 15 seconds at most. Milliseconds. */
const interval = 30_000;

/** What the pods of a namespace use now, or the nodes; null while it is not known or may not be. */
export function useMetricsNow(asked: { of: 'pods' | 'nodes'; namespace: string | null; labels?: Readonly<Record<string, string>> }): MetricsNow | null {
  const { api } = useServices();
  const scope = useClusterScope();
  const may = useMay('metric.read');
  const { of, namespace } = asked;
  const labelSelector = Object.entries(asked.labels ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  const query = useQuery({
    queryKey: ['metrics now', scope.cluster, of, namespace, labelSelector],
    queryFn: ({ signal }) =>
      api.call(
        metricRoutes.getMetricsNow,
        { ...scope, of, ...(namespace === null ? {} : { namespace }), ...(labelSelector === '' ? {} : { labelSelector }) },
        { signal },
      ),
    enabled: may,
    staleTime: interval / 2,
    refetchInterval: interval,
  });
  return query.data ?? null;
}
