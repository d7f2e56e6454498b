import type { KubeObject, MetricsHistory, MetricTarget } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatMetric, stepsOfMetric } from './format-metric.ts';
import type { ChartKind } from './metric-charts.ts';
import { boundLines, boundsFor } from './metric-target.ts';
import { TimeChart } from './time-chart.tsx';
import type { TimeRange } from './time-ranges.ts';
import { useMetricsHistories } from './use-metrics-history.ts';

interface MetricChartProps {
  chart: ChartKind;
  object: KubeObject;
  target: MetricTarget;
  range: TimeRange;
  /** Epoch seconds. */
  to: number;
}

/** One chart of an object, or why there is none. */
export function MetricChart({ chart, object, target, range, to }: MetricChartProps) {
  const messages = useMessages().metrics;
  const title = messages.charts[chart.id];
  const { answers, error, retry } = useMetricsHistories(
    target,
    chart.metrics.map(({ metric }) => metric),
    range,
  );
  if (error !== null) return <ErrorNotice what={messages.notRead(title)} error={error} onRetry={retry} />;
  if (answers === null) return <ChartSkeleton title={title} />;
  const missing = answers.find((answer) => answer.state === 'unavailable');
  if (missing !== undefined) return <NoChart title={title} reason={missing.reason} remedy={missing.remedy} />;
  const [first] = chart.metrics;
  if (first === undefined) return null;
  const series = chart.metrics.map(({ metric, colour }, index) => ({ label: messages.series[metric], colour, points: pointsOf(answers[index]) }));
  const lines = chart.id === 'network' ? [] : boundLines(boundsFor(object, chart.id), target.kind === 'node' ? messages.nodeBounds : messages.bounds);
  const notes = [...new Set(answers.flatMap((answer) => (answer.state === 'available' ? answer.notes : [])))];
  return (
    <div className="min-w-0">
      <TimeChart
        title={title}
        series={series}
        lines={lines}
        format={(value) => formatMetric(first.metric, value)}
        steps={stepsOfMetric(first.metric)}
        from={to - range.seconds}
        to={to}
        group="object"
      />
      <p className="mt-1 text-soft text-xs">{[sourceOf(answers[0]), ...notes].filter((text) => text !== '').join(' ')}</p>
    </div>
  );
}

function pointsOf(answer: MetricsHistory | undefined) {
  return answer?.state === 'available' ? answer.points : [];
}

function sourceOf(answer: MetricsHistory | undefined): string {
  return answer?.state === 'available' ? answer.source : '';
}

function ChartSkeleton({ title }: { title: string }) {
  return (
    <div aria-hidden="true">
      <p className="min-h-6 font-medium">{title}</p>
      <div className="skeleton h-45 w-full" />
    </div>
  );
}

function NoChart({ title, reason, remedy }: { title: string; reason: string; remedy: string }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="min-h-6 font-medium">{title}</h3>
      <p className="break-words">{reason}</p>
      <p className="mt-1 break-words text-soft">{remedy}</p>
    </section>
  );
}
