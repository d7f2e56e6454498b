import type { Cell } from './cell.ts';

/** Something worked out from cells that has to be worked out again when one of them changes. */
export abstract class Computation {
  /** What it read when it last ran. */
  readonly cells: Cell[] = [];
  /** From when on time alone makes it stale, in epoch milliseconds: 0 for always, infinity for never. */
  dueAt = Number.POSITIVE_INFINITY;

  /** Puts it where stale ones wait for their turn; being told twice changes nothing. */
  abstract invalidate(): void;
}

/** Computations that are stale, in the order in which they became it, each once. */
export class WorkList<C extends Computation> {
  readonly #waiting = new Set<C>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  add(computation: C): void {
    this.#waiting.add(computation);
  }

  remove(computation: C): void {
    this.#waiting.delete(computation);
  }

  /** Takes them one by one; what becomes stale meanwhile comes at the end. */
  *take(): Iterable<C> {
    for (const computation of this.#waiting) {
      this.#waiting.delete(computation);
      yield computation;
    }
  }
}
