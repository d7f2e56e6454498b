import type { Cell } from './cell.ts';
import type { Computation } from './computation.ts';

/** Notes which cells the computation that runs now reads, and which moments it waits for. */
export class Tracker {
  #current: Computation | null = null;
  /** Those that time alone makes stale. */
  readonly #timed = new Set<Computation>();
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  /** Epoch milliseconds; reading it here is not noted. */
  get now(): number {
    return this.#now;
  }

  /** Whether what is read now is noted. */
  get isRecording(): boolean {
    return this.#current !== null;
  }

  /** Runs `work` for a computation; what the computation read before is forgotten. Runs may be nested. */
  record<T>(computation: Computation, work: () => T): T {
    this.forget(computation);
    const outer = this.#current;
    this.#current = computation;
    try {
      return work();
    } finally {
      this.#current = outer;
      if (computation.dueAt < Number.POSITIVE_INFINITY) this.#timed.add(computation);
    }
  }

  /** Nothing makes the computation stale any more. */
  forget(computation: Computation): void {
    const { cells } = computation;
    for (const cell of cells) cell.removeReader(computation);
    cells.length = 0;
    if (computation.dueAt === Number.POSITIVE_INFINITY) return;
    computation.dueAt = Number.POSITIVE_INFINITY;
    this.#timed.delete(computation);
  }

  read(cell: Cell): void {
    const current = this.#current;
    if (current !== null && cell.addReader(current)) current.cells.push(cell);
  }

  /** The time itself: whoever reads it is stale at every later moment. */
  readNow(): number {
    if (this.#current !== null) this.#current.dueAt = 0;
    return this.#now;
  }

  /** Whether a moment has come; whoever asks is stale when it comes. */
  hasPassed(at: number): boolean {
    if (at <= this.#now) return true;
    const current = this.#current;
    if (current !== null && at < current.dueAt) current.dueAt = at;
    return false;
  }

  /** Moves the time, which never goes back, and makes stale what waited for it. */
  advanceTo(now: number): void {
    if (now <= this.#now) return;
    this.#now = now;
    for (const computation of this.#timed) if (computation.dueAt <= now) computation.invalidate();
  }

  /** The next moment that somebody waits for; null where nobody does. Those that are stale at every moment do not count. */
  nextMoment(): number | null {
    let next = Number.POSITIVE_INFINITY;
    for (const { dueAt } of this.#timed) if (dueAt > this.#now && dueAt < next) next = dueAt;
    return next === Number.POSITIVE_INFINITY ? null : next;
  }
}
