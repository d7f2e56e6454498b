import { type KubeObject, type MetricTarget, metricRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Empty } from '../../ui/empty.tsx';
import { useNow } from '../../ui/now.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import type { ObjectSectionProps } from '../object-detail/object-section.ts';
import { useMay } from '../session/session.tsx';
import { MetricChart } from './metric-chart.tsx';
import { allCharts, claimCharts } from './metric-charts.ts';
import { metricTargetOf } from './metric-target.ts';
import { offeredRanges, rangeOf, type TimeRange } from './time-ranges.ts';
import { useMetricsHistories } from './use-metrics-history.ts';

/** What an object uses over time, all charts over the same stretch of it. */
export default function MetricsPanel({ open: { known } }: ObjectSectionProps) {
  const messages = useMessages().metrics;
  const may = useMay('metric.read');
  const target = known === null ? null : metricTargetOf(known);
  if (known === null || target === null) return null;
  if (!may) return <Empty title={messages.mayNot}>{messages.mayNotNote}</Empty>;
  return <Charts object={known} target={target} />;
}

function Charts({ object, target }: { object: KubeObject; target: MetricTarget }) {
  const { api } = useServices();
  const scope = useClusterScope();
  const sources = useQuery({
    queryKey: ['metrics sources', scope.cluster],
    queryFn: ({ signal }) => api.call(metricRoutes.listMetricsSources, scope, { signal }),
  });
  const wanted = useSearch({ strict: false, select: (search) => search.range });
  const hasPrometheus = sources.data?.some(({ id, state }) => id === 'prometheus' && state === 'available') ?? false;
  const offered = offeredRanges(hasPrometheus);
  const range = rangeOf(wanted, offered);
  const to = useNow(range.step * 1_000) / 1_000;
  const charts = target.kind === 'claim' ? claimCharts : allCharts;
  const [first] = useMetricsHistories(target, target.kind === 'claim' ? ['storage'] : ['cpu'], range).answers ?? [];
  // Without a source at all it is said once.
  if (first?.state === 'unavailable') return <Empty title={first.reason}>{first.remedy}</Empty>;
  return (
    <div className="flex flex-col gap-6">
      <RangeChoice offered={offered} chosen={range} />
      <div className="grid @4xl:grid-cols-2 gap-x-8 gap-y-6">
        {charts.map((chart) => (
          <MetricChart key={chart.id} chart={chart} object={object} target={target} range={range} to={to} />
        ))}
      </div>
    </div>
  );
}

function RangeChoice({ offered, chosen }: { offered: readonly TimeRange[]; chosen: TimeRange }) {
  const messages = useMessages().metrics;
  const navigate = useNavigate();
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">{messages.range}</legend>
      {offered.map(({ id }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === chosen.id}
          className="h-7 rounded px-2 text-soft hover:bg-hover aria-pressed:bg-selected aria-pressed:text-ink"
          onClick={() => void navigate({ to: '.', search: (before) => ({ ...before, range: id }), replace: true })}
        >
          {id}
        </button>
      ))}
    </fieldset>
  );
}
