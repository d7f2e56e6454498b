import type { Forward } from '@quarterdeck/contract';

export interface TrafficSample {
  /** Milliseconds, from any start. */
  at: number;
  /** Bytes so far, both ways. */
  bytes: number;
}

export type Traffic = ReadonlyMap<string, readonly TrafficSample[]>;

/** How far back is shown. Milliseconds. */
export const trafficSpan = 60_000;

/** The samples of each forward with those of now; what is older than the span and one before it goes. */
export function withSamples(before: Traffic, forwards: readonly Forward[], at: number): Traffic {
  return new Map(
    forwards.map(({ id, stats }) => {
      const samples = [...(before.get(id) ?? []), { at, bytes: stats.bytesIn + stats.bytesOut }];
      const first = samples.findLastIndex((sample) => sample.at <= at - trafficSpan);
      return [id, first <= 0 ? samples : samples.slice(first)];
    }),
  );
}

/** Bytes a second in `count` equal parts of the span that ends at `now`, the latest last. Counters that began anew count from 0. */
export function ratesOf(samples: readonly TrafficSample[], now: number, count: number): number[] {
  const width = trafficSpan / count;
  const rates = new Array<number>(count).fill(0);
  for (const [index, { at, bytes }] of samples.entries()) {
    const before = samples[index - 1];
    if (before === undefined) continue;
    const part = count - 1 - Math.floor((now - at) / width);
    const grown = bytes < before.bytes ? bytes : bytes - before.bytes;
    if (part >= 0 && part < count) rates[part] = (rates[part] ?? 0) + grown / (width / 1000);
  }
  return rates;
}
