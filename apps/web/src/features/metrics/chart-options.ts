import type uPlot from 'uplot';
import type { TimeStyle } from '../../text/age.ts';
import { spanOfValues, topOfChart } from './align-series.ts';
import type { ChartColour } from './theme-colours.ts';
import type { ChartLine, TimeChartProps } from './time-chart.tsx';

interface ChartParts {
  /** What is to be drawn now. */
  read(): TimeChartProps;
  colours(name: ChartColour): string;
  style: TimeStyle;
  onCursor(index: number | null): void;
  width: number;
  height: number;
}

const font = '11px system-ui, sans-serif';
const day = 86_400;

/** Thin lines, a quiet grid, and nothing of the library's own words. */
export function chartOptions({ read, colours, style, onCursor, width, height }: ChartParts): uPlot.Options {
  const { series, group, steps } = read();
  const axis = { stroke: colours('text-soft'), font, ticks: { show: false }, grid: { stroke: colours('line'), width: 0.5 } };
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, 4, 0, 0],
    cursor: { y: false, sync: { key: group }, points: { size: 6 }, drag: { x: false, y: false, setScale: false } },
    scales: {
      x: { time: true, range: () => [read().from, read().to] },
      y: { range: () => [0, topOf(read())] },
    },
    axes: [
      { ...axis, size: 28, space: 70, values: (_plot, times) => times.map((at) => timeText(at, read(), style)) },
      { ...axis, size: 64, space: 34, incrs: [...steps], values: (_plot, values) => values.map((value) => read().format(value)) },
    ],
    series: [
      {},
      ...series.map(({ label, colour }) => ({
        label,
        stroke: colours(colour),
        width: 1.5,
        points: { show: true, size: 4, fill: colours(colour), filter: lonePoints },
        spanGaps: false,
      })),
    ],
    hooks: {
      draw: [(plot) => drawLines(plot, read().lines, colours)],
      setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)],
    },
  };
}

/** A line needs two points; what was measured once between gaps would not be seen. */
function lonePoints(plot: uPlot, index: number): number[] {
  const values = plot.data[index] ?? [];
  const isGap = (value: number | null | undefined) => value === null || value === undefined;
  return [...values.keys()].filter((at) => !isGap(values[at]) && isGap(values[at - 1]) && isGap(values[at + 1]));
}

function topOf({ series, lines, steps }: TimeChartProps): number {
  const most = Math.max(0, ...series.flatMap(({ points }) => spanOfValues(points)?.most ?? []));
  const top = topOfChart(
    most,
    lines.map(({ value }) => value),
  );
  return Math.max(top, (steps[0] ?? 0) * 2);
}

function timeText(at: number, { from, to }: TimeChartProps, { locale, timeZone }: TimeStyle): string {
  const date = new Date(at * 1_000);
  if (to - from > 2 * day) return date.toLocaleDateString(locale, { day: 'numeric', month: 'short', timeZone });
  return date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', hour12: false, timeZone });
}

/** Dashed across the chart with its name on it; one that lies above is named at the upper edge. */
function drawLines(plot: uPlot, lines: readonly ChartLine[], colours: (name: ChartColour) => string): void {
  const { ctx, bbox } = plot;
  const ratio = window.devicePixelRatio;
  ctx.save();
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'right';
  ctx.lineWidth = ratio;
  let over = 0;
  for (const { label, value, colour } of lines) {
    const above = value > (plot.scales.y?.max ?? 0);
    const y = above ? bbox.top : plot.valToPos(value, 'y', true);
    ctx.strokeStyle = colours(colour);
    ctx.fillStyle = colours(colour);
    ctx.setLineDash([5 * ratio, 4 * ratio]);
    ctx.beginPath();
    if (!above) {
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
    }
    ctx.stroke();
    const lower = y - bbox.top < 14 * ratio;
    const down = above ? over * 13 * ratio : 0;
    if (above) over += 1;
    ctx.fillText(above ? `${label} ↑` : label, bbox.left + bbox.width - 4 * ratio, (lower ? y + 12 * ratio : y - 4 * ratio) + down);
  }
  ctx.restore();
}
