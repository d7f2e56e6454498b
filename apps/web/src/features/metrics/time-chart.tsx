import type { MetricPoint } from '@quarterdeck/contract';
import { useId, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { useTimeStyle } from '../../preferences/use-time-style.ts';
import { formatClock } from '../../text/age.ts';
import { TextButton } from '../../ui/button.tsx';
import { alignSeries, spanOfValues } from './align-series.ts';
import { ChartTable } from './chart-table.tsx';
import type { ChartColour } from './theme-colours.ts';
import { useChart } from './use-chart.ts';

export interface ChartSeries {
  label: string;
  colour: ChartColour;
  /** At equal steps, oldest first; null is a gap and drawn as one. */
  points: readonly MetricPoint[];
}

/** A value that what is measured is held against, drawn as a line with its name. */
export interface ChartLine {
  label: string;
  value: number;
  colour: ChartColour;
}

export interface TimeChartProps {
  title: string;
  series: readonly ChartSeries[];
  lines: readonly ChartLine[];
  format(value: number): string;
  /** By what the values may be divided, from the least: round numbers of their unit. */
  steps: readonly number[];
  /** Epoch seconds: the same on all charts of a page. */
  from: number;
  to: number;
  /** Charts of one group show their values at the same time. */
  group: string;
}

const swatches: Readonly<Record<ChartColour, string>> = {
  accent: 'bg-accent',
  pending: 'bg-pending',
  medium: 'bg-medium',
  high: 'bg-high',
  critical: 'bg-critical',
  text: 'bg-ink',
  'text-soft': 'bg-soft',
  line: 'bg-line',
};

/** Values over time, with the values at the cursor, and as a table for who can't see it. */
export function TimeChart(props: TimeChartProps) {
  const { title, series, lines, format } = props;
  const messages = useMessages().metrics;
  const [table, setTable] = useState(false);
  const id = useId();
  return (
    <figure aria-labelledby={id} className="min-w-0">
      <div className="flex min-h-6 items-baseline gap-x-3">
        <h3 id={id} className="font-medium">
          {title}
        </h3>
        <span className="grow" />
        <TextButton className="text-xs" aria-pressed={table} aria-label={messages.asTable(title)} onClick={() => setTable(!table)}>
          {table ? messages.chart : messages.table}
        </TextButton>
      </div>
      {table ? <ChartTable series={series} format={format} label={title} /> : <Canvas {...props} />}
      {lines.length > 0 && (
        <p className="mt-1 flex flex-wrap gap-x-4 text-soft text-xs">
          {lines.map(({ label, value, colour }) => (
            <span key={label} className="flex items-center gap-1.5">
              <span aria-hidden="true" className={`inline-block h-0.5 w-3 ${swatches[colour]}`} />
              {label} {format(value)}
            </span>
          ))}
        </p>
      )}
    </figure>
  );
}

function Canvas(props: TimeChartProps) {
  const { title, series, format } = props;
  const messages = useMessages().metrics;
  const style = useTimeStyle();
  const { place, cursor } = useChart(props);
  const summary = series.map(({ label, points }) => {
    const span = spanOfValues(points);
    return span === null ? messages.noValues(label) : messages.summed(label, format(span.last), format(span.least), format(span.most));
  });
  const [times, ...values] = alignSeries(series.map(({ points }) => points));
  const at = cursor === null ? undefined : times[cursor];
  return (
    <>
      <p className="flex min-h-5 flex-wrap items-baseline gap-x-4 text-xs">
        {series.map(({ label, colour, points }, index) => {
          const value = cursor === null ? (spanOfValues(points)?.last ?? null) : (values[index]?.[cursor] ?? null);
          return (
            <span key={label} className="flex items-center gap-1.5">
              <span aria-hidden="true" className={`inline-block size-2 rounded-full ${swatches[colour]}`} />
              <span className="text-soft">{label}</span>
              <span className="font-medium">{value === null ? messages.gap : format(value)}</span>
            </span>
          );
        })}
        <span className="text-soft">{at === undefined ? messages.latest : formatClock(new Date(at * 1_000).toISOString(), Date.now(), style)}</span>
      </p>
      <div ref={place} role="img" aria-label={`${title}: ${summary.join('; ')}`} className="h-40 w-full" />
    </>
  );
}
