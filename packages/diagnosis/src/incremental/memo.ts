import { type Cell, WatchedCell } from './cell.ts';
import { Computation, WorkList } from './computation.ts';
import { equalValues } from './equal-values.ts';
import type { Tracker } from './tracker.ts';

/** Results that several computations share: worked out when the first one asks, kept up to date while somebody does. */
export class Memo<T> {
  readonly #tracker: Tracker;
  readonly #results = new Map<string, Result<T>>();
  readonly #work = new WorkList<Result<T>>();
  /** Those whose last reader has gone; it may come back before the pass is over. */
  readonly #unread = new Set<Result<T>>();

  constructor(tracker: Tracker) {
    this.#tracker = tracker;
  }

  /** `run` must give the same for the same key; it is called again when something that it read has changed. */
  get(key: string, run: () => T): T {
    const known = this.#results.get(key);
    if (known === undefined && !this.#tracker.isRecording) return run();
    const result = known ?? this.#open(key, run);
    this.#tracker.read(result.cell);
    return (result.held ?? this.#fill(result)).value;
  }

  /** Works out anew what is stale; whoever read a result that is another one now becomes stale in turn. */
  *settle(): Iterable<void> {
    for (const result of this.#work.take()) {
      if (!this.#isStillSo(result)) result.cell.change();
      yield;
    }
  }

  /** Forgets what nobody reads any more. */
  tidy(): void {
    for (const result of this.#unread) {
      if (result.cell.isRead) continue;
      this.#results.delete(result.key);
      this.#work.remove(result);
      this.#tracker.forget(result);
    }
    this.#unread.clear();
  }

  /** One that throws now is worked out again by whoever asks next, and throws there. */
  #isStillSo(result: Result<T>): boolean {
    const before = result.held;
    result.held = null;
    try {
      const after = this.#fill(result);
      if (before === null || !equalValues(before.value, after.value)) return false;
    } catch {
      return false;
    }
    result.held = before;
    return true;
  }

  #open(key: string, run: () => T): Result<T> {
    const result: Result<T> = new Result(key, run, this.#work, () => this.#unread.add(result));
    this.#results.set(key, result);
    return result;
  }

  #fill(result: Result<T>): { value: T } {
    result.held = { value: this.#tracker.record(result, result.run) };
    return result.held;
  }
}

class Result<T> extends Computation {
  readonly key: string;
  readonly run: () => T;
  readonly cell: Cell;
  held: { value: T } | null = null;
  readonly #work: WorkList<Result<T>>;

  constructor(key: string, run: () => T, work: WorkList<Result<T>>, onUnread: () => void) {
    super();
    this.key = key;
    this.run = run;
    this.#work = work;
    this.cell = new WatchedCell(onUnread);
  }

  override invalidate(): void {
    this.#work.add(this);
  }
}
