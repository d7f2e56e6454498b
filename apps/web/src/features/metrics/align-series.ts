import type { MetricPoint } from '@quarterdeck/contract';

/** Seconds, then the values of each series: null is a gap, undefined a time that this series has no point at. */
export type AlignedSeries = [number[], ...(number | null | undefined)[][]];

/** Pure. Series over one common axis of times. */
export function alignSeries(series: readonly (readonly MetricPoint[])[]): AlignedSeries {
  const times = [...new Set(series.flatMap((points) => points.map(([at]) => at)))].sort((a, b) => a - b);
  const values = series.map((points) => {
    const byTime = new Map(points);
    return times.map((at) => byTime.get(at));
  });
  return [times, ...values];
}

/** Pure. Of everything that was measured: the least, the most, and the last; null where nothing was. */
export function spanOfValues(points: readonly MetricPoint[]): { least: number; most: number; last: number } | null {
  const values = points.flatMap(([, value]) => value ?? []);
  const last = values.at(-1);
  return last === undefined ? null : { least: Math.min(...values), most: Math.max(...values), last };
}

/** Beyond this many times what is measured, a line would press everything else to the ground. */
const farAway = 6;

/** Pure. Up to where a chart goes: over all that was measured, and over the lines that are not too far away. */
export function topOfChart(most: number, lines: readonly number[]): number {
  const near = lines.filter((line) => most === 0 || line <= most * farAway);
  const top = Math.max(most, ...near);
  return top === 0 ? 1 : top * 1.1;
}
