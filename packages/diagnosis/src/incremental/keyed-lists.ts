import { Cell } from './cell.ts';
import type { Tracker } from './tracker.ts';

/** Short lists by a key, each a cell of its own; there as long as they have items or readers. */
export class KeyedLists<T> {
  readonly #tracker: Tracker;
  readonly #order: (a: T, b: T) => number;
  readonly #lists = new Map<string, KeyedList<T>>();

  /** `order` must tell any two items apart, so that the order of arrival never shows. */
  constructor(tracker: Tracker, order: (a: T, b: T) => number) {
    this.#tracker = tracker;
    this.#order = order;
  }

  read(key: string): readonly T[] {
    const list = this.#tracker.isRecording ? this.#at(key) : this.#lists.get(key);
    if (list === undefined) return [];
    this.#tracker.read(list);
    return list.sorted(this.#order);
  }

  put(key: string, id: string, item: T): void {
    this.#at(key).put(id, item);
  }

  remove(key: string, id: string): void {
    this.#lists.get(key)?.remove(id);
  }

  #at(key: string): KeyedList<T> {
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const list = new KeyedList<T>(() => this.#lists.delete(key));
    this.#lists.set(key, list);
    return list;
  }
}

class KeyedList<T> extends Cell {
  readonly #items = new Map<string, T>();
  readonly #onIdle: () => void;
  #sorted: readonly T[] | null = null;

  constructor(onIdle: () => void) {
    super();
    this.#onIdle = onIdle;
  }

  put(id: string, item: T): void {
    this.#items.set(id, item);
    this.#sorted = null;
    this.change();
  }

  remove(id: string): void {
    if (!this.#items.delete(id)) return;
    this.#sorted = null;
    this.change();
    this.unread();
  }

  sorted(order: (a: T, b: T) => number): readonly T[] {
    this.#sorted ??= [...this.#items.values()].sort(order);
    return this.#sorted;
  }

  protected override unread(): void {
    if (this.#items.size === 0 && !this.isRead) this.#onIdle();
  }
}
