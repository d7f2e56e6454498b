import type { LogEntry } from '@quarterdeck/contract';
import type { LineQueue } from './line-queue.ts';

/** What is merged: lines of one container in their own order. */
export interface MergeSource {
  readonly queue: LineQueue;
  /** Whether more may come. */
  readonly live: boolean;
  /** When something came last, or the source began. Milliseconds. */
  readonly heardAt: number;
}

export interface MergeLimits {
  entries: number;
  /** Milliseconds that a line waits for older ones of other containers; null waits until it is sure that there are none. */
  windowMs: number | null;
  now: number;
}

export interface Merged {
  entries: LogEntry[];
  /** Milliseconds until a line that is held back may go; null where none is. */
  waitMs: number | null;
}

/** Takes lines off the sources in the order of their times; lines of one source stay in their own order. */
export function mergeLines(sources: Iterable<MergeSource>, limits: MergeLimits): Merged {
  const ready: MergeSource[] = [];
  const silent = new Silent(limits.windowMs);
  const sort = (source: MergeSource) => {
    if (!source.queue.empty) push(ready, source);
    else if (source.live) silent.add(source);
  };
  for (const source of sources) sort(source);
  const [only] = ready;
  if (only !== undefined && ready.length === 1 && silent.none) return { entries: takeAll(only.queue, limits.entries), waitMs: null };
  const entries: LogEntry[] = [];
  for (let [first] = ready; first !== undefined && entries.length < limits.entries; [first] = ready) {
    const heldMs = silent.holds(first.queue.arrivedAt) - limits.now;
    if (heldMs > 0) return { entries, waitMs: Number.isFinite(heldMs) ? heldMs : null };
    pop(ready);
    const entry = first.queue.shift();
    if (entry !== null) entries.push(entry);
    sort(first);
  }
  return { entries, waitMs: null };
}

/** The sources that may still have older lines under way. */
class Silent {
  none = true;
  private readonly windowMs: number | null;
  private heardAt = Number.NEGATIVE_INFINITY;

  constructor(windowMs: number | null) {
    this.windowMs = windowMs;
  }

  add({ heardAt }: MergeSource): void {
    this.none = false;
    this.heardAt = Math.max(this.heardAt, heardAt);
  }

  /** Until when a line that came at `arrivedAt` is held back for them. */
  holds(arrivedAt: number): number {
    if (this.none) return Number.NEGATIVE_INFINITY;
    if (this.windowMs === null) return Number.POSITIVE_INFINITY;
    return Math.max(arrivedAt, this.heardAt) + this.windowMs;
  }
}

function takeAll(queue: LineQueue, most: number): LogEntry[] {
  let entries: LogEntry[] = [];
  while (!queue.empty && entries.length < most) {
    const chunk = queue.shiftChunk();
    if (entries.length === 0) entries = chunk;
    else for (const entry of chunk) entries.push(entry);
  }
  return entries;
}

/** A binary heap: the source whose first line is the oldest is at index 0. */
function push(heap: MergeSource[], source: MergeSource): void {
  const { time } = source.queue;
  let at = heap.length;
  heap.push(source);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || above.queue.time <= time) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = source;
}

function pop(heap: MergeSource[]): MergeSource | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  const { time } = last.queue;
  let at = 0;
  for (let child = 1; child < heap.length; child = at * 2 + 1) {
    const right = heap[child + 1];
    const left = heap[child];
    if (left === undefined) break;
    const useRight = right !== undefined && right.queue.time < left.queue.time;
    const smaller = useRight ? right : left;
    if (smaller.queue.time >= time) break;
    heap[at] = smaller;
    at = useRight ? child + 1 : child;
  }
  heap[at] = last;
  return first;
}
