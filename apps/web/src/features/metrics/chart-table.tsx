import { useMessages } from '../../messages/language.ts';
import { useTimeStyle } from '../../preferences/use-time-style.ts';
import { formatClock } from '../../text/age.ts';
import { alignSeries } from './align-series.ts';
import type { ChartSeries } from './time-chart.tsx';

/** More of them nobody reads. */
const mostRows = 60;

/** What a chart draws, as text: the latest first. */
export function ChartTable({ series, format, label }: { series: readonly ChartSeries[]; format(value: number): string; label: string }) {
  const messages = useMessages().metrics;
  const style = useTimeStyle();
  const [times, ...values] = alignSeries(series.map(({ points }) => points));
  const every = Math.max(1, Math.ceil(times.length / mostRows));
  const rows = times
    .map((at, index) => ({ at, index }))
    .filter(({ index }) => (times.length - 1 - index) % every === 0)
    .reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it.
    <section aria-label={label} tabIndex={0} className="h-45 overflow-auto">
      <table className="w-full text-right">
        <thead className="sticky top-0 bg-surface text-soft text-xs">
          <tr>
            <th scope="col" className="py-1 text-left font-normal">
              {messages.time}
            </th>
            {series.map((each) => (
              <th key={each.label} scope="col" className="py-1 pl-4 font-normal">
                {each.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line/60">
          {rows.map(({ at, index }) => (
            <tr key={at}>
              <th scope="row" className="py-0.5 text-left font-normal">
                {formatClock(new Date(at * 1_000).toISOString(), Date.now(), style)}
              </th>
              {series.map((each, column) => {
                const value = values[column]?.[index] ?? null;
                return (
                  <td key={each.label} className="py-0.5 pl-4">
                    {value === null ? messages.gap : format(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
