import type { Computation } from './computation.ts';

/**
 * What changes as one and is read by computations: an object, a list, the edges at an object. It knows its readers, so
 * that a change reaches them and nobody else.
 */
export class Cell {
  /** Most cells have one reader: a set is made for the second. */
  #readers: Computation | Set<Computation> | null = null;

  get isRead(): boolean {
    return this.#readers !== null;
  }

  /** False for one that reads it already. */
  addReader(reader: Computation): boolean {
    const readers = this.#readers;
    if (readers === null) this.#readers = reader;
    else if (readers === reader) return false;
    else if (readers instanceof Set) {
      if (readers.has(reader)) return false;
      readers.add(reader);
    } else this.#readers = new Set([readers, reader]);
    return true;
  }

  removeReader(reader: Computation): void {
    const readers = this.#readers;
    if (readers instanceof Set) {
      readers.delete(reader);
      if (readers.size > 0) return;
    } else if (readers !== reader) return;
    this.#readers = null;
    this.unread();
  }

  /** Whoever read it has to look again. */
  change(): void {
    const readers = this.#readers;
    if (readers === null) return;
    if (readers instanceof Set) for (const reader of readers) reader.invalidate();
    else readers.invalidate();
  }

  /** Called when the last reader has gone: what is empty as well can be forgotten. */
  protected unread(): void {
    // A plain cell lives as long as what holds it.
  }
}

/** One that tells its owner when its last reader has gone. */
export class WatchedCell extends Cell {
  readonly #onUnread: () => void;

  constructor(onUnread: () => void) {
    super();
    this.#onUnread = onUnread;
  }

  protected override unread(): void {
    this.#onUnread();
  }
}
