import type { TimelineEntry } from '@quarterdeck/contract';

export const timelineSources = ['change', 'event', 'state'] as const satisfies readonly TimelineEntry['source'][];
export type TimelineSource = (typeof timelineSources)[number];

/** Before which entry it broke: the first that is later than the first symptom; the length where none is. */
export function onsetIn(entries: readonly Pick<TimelineEntry, 'at'>[], detectedAt: string): number {
  const onset = Date.parse(detectedAt);
  const index = entries.findIndex(({ at }) => Date.parse(at) > onset);
  return index < 0 ? entries.length : index;
}
