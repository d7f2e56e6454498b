import type { MetricPoint } from '@quarterdeck/contract';

export interface RingSize {
  /** Seconds. */
  step: number;
  slots: number;
  /** More series than these are not kept. A series costs 4 bytes a slot. */
  maxSeries: number;
}

interface Series {
  values: Float32Array;
  /** The last slot with a value. */
  seen: number;
}

/**
 * The last values of many series at equal steps, in memory that is bounded: `slots * maxSeries * 4` bytes. What was not
 * measured is a gap. A series of which nothing is left in the window is forgotten.
 */
export class SampleRing {
  readonly size: RingSize;
  private readonly series = new Map<string, Series>();
  /** The slot written last, counted from the epoch. */
  private newest = -1;
  /** Series that found no room since the last time somebody asked. */
  refused = 0;

  constructor(size: RingSize) {
    this.size = size;
  }

  get count(): number {
    return this.series.size;
  }

  /** Epoch seconds of the oldest value that may still be there; null while there is none. */
  get begin(): number | null {
    return this.newest < 0 ? null : (this.newest - this.size.slots + 1) * this.size.step;
  }

  /** Values measured at a time, in epoch seconds. A time before the newest slot is ignored. */
  record(time: number, values: ReadonlyMap<string, number>): void {
    const slot = Math.floor(time / this.size.step);
    if (slot < this.newest) return;
    this.advance(slot);
    for (const [key, value] of values) {
      const series = this.series.get(key) ?? this.add(key);
      if (series === null) continue;
      series.values[slot % this.size.slots] = value;
      series.seen = slot;
    }
  }

  /** The sum of all series whose key is wanted, at each slot; a gap where none of them has a value. */
  sum(wanted: (key: string) => boolean, from: number, to: number): MetricPoint[] {
    const chosen = [...this.series].flatMap(([key, series]) => (wanted(key) ? [series] : []));
    const { step, slots } = this.size;
    const oldest = Math.max(this.newest - slots + 1, 0);
    const points: MetricPoint[] = [];
    for (let slot = Math.ceil(from / step); slot <= Math.floor(to / step); slot += 1) {
      const known = slot >= oldest && slot <= this.newest;
      points.push([slot * step, known ? sumAt(chosen, slot % slots) : null]);
    }
    return points;
  }

  private add(key: string): Series | null {
    if (this.series.size >= this.size.maxSeries) {
      this.refused += 1;
      return null;
    }
    const series = { values: new Float32Array(this.size.slots).fill(Number.NaN), seen: this.newest };
    this.series.set(key, series);
    return series;
  }

  /** Empties the slots between the newest and the next, and forgets what has none left. */
  private advance(slot: number): void {
    const { slots } = this.size;
    const first = Math.max(this.newest + 1, slot - slots + 1);
    this.newest = Math.max(this.newest, slot);
    for (const [key, series] of this.series) {
      for (let passed = first; passed <= slot; passed += 1) series.values[passed % slots] = Number.NaN;
      if (slot - series.seen >= slots) this.series.delete(key);
    }
  }
}

function sumAt(series: readonly Series[], index: number): number | null {
  let sum: number | null = null;
  for (const { values } of series) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isNaN(value)) sum = (sum ?? 0) + value;
  }
  return sum;
}
