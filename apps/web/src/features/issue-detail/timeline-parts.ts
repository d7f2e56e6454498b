import type { TimelineEntry } from '@quarterdeck/contract';

export const timelineSources = ['change', 'event', 'state'] as const satisfies readonly TimelineEntry['source'][];
export type TimelineSource = (typeof timelineSources)[number];

/** Before which entry it broke: the first that is later than the first symptom; the length where none is. */
export function onsetIn(entries: readonly Pick<TimelineEntry, 'at'>[], detectedAt: string): number {
  const onset = Date.parse(detectedAt);
  const index = entries.findIndex(({ at }) => Date.parse(at) > onset);
  return index < 0 ? entries.length : index;
}

/** How many entries are shown at first before it broke, and after. */
const around = { before: 6, after: 12 };

/** Which entries are shown: those around the moment at which it broke, and what somebody asked for beyond them. */
export function timelineWindow(
  entries: readonly Pick<TimelineEntry, 'at'>[],
  detectedAt: string,
  wider: { earlier: boolean; later: boolean },
): { from: number; to: number } {
  const onset = onsetIn(entries, detectedAt);
  const from = wider.earlier ? 0 : Math.max(0, onset - around.before);
  return { from, to: wider.later ? entries.length : Math.min(entries.length, onset + around.after) };
}
