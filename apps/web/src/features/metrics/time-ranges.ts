/** A choice of time, until now. Seconds. */
export interface TimeRange {
  id: string;
  seconds: number;
  step: number;
}

const hour: TimeRange = { id: '1h', seconds: 3_600, step: 15 };

/** From the shortest; no more points than a chart is wide. */
export const timeRanges: readonly TimeRange[] = [
  { id: '15m', seconds: 900, step: 15 },
  hour,
  { id: '6h', seconds: 21_600, step: 60 },
  { id: '24h', seconds: 86_400, step: 300 },
  { id: '7d', seconds: 604_800, step: 1_800 },
  { id: '30d', seconds: 2_592_000, step: 7_200 },
];

/** What the workbench keeps by itself goes no further back. */
const ownHistory = 3_600;

/** Pure. The ranges that there may be something in. */
export function offeredRanges(hasPrometheus: boolean): readonly TimeRange[] {
  return hasPrometheus ? timeRanges : timeRanges.filter(({ seconds }) => seconds <= ownHistory);
}

/** Pure. The range of a URL; an hour where it names none of those. */
export function rangeOf(id: string | undefined, offered: readonly TimeRange[]): TimeRange {
  return offered.find((range) => range.id === id) ?? hour;
}
