import type { KubeObject } from '@quarterdeck/contract';
import { type Cell, WatchedCell } from '../incremental/cell.ts';
import { byName, type ObjectSlot } from './object-slot.ts';

/** More additions than this since it was last in order are sorted together, fewer are put in place one by one. */
const fewAdditions = 64;

/**
 * Objects that go together, in the order of their names. What it returns stays the same array until it changes, so
 * that what was made of it can be kept beside it.
 */
export class SlotList {
  /** Changes with every object of the list. */
  readonly objectsCell: Cell;
  /** Changes when an object joins or leaves. */
  readonly membersCell: Cell;
  readonly #slots = new Set<ObjectSlot>();
  #order: ObjectSlot[] | null = null;
  #added = 0;
  #objects: readonly KubeObject[] | null = null;
  #members: readonly ObjectSlot[] | null = null;
  #names: readonly string[] | null = null;

  /** `onIdle` is called when the list is empty and its last reader has gone. */
  constructor(onIdle: () => void = () => undefined) {
    const tidy = () => {
      if (this.isIdle) onIdle();
    };
    this.objectsCell = new WatchedCell(tidy);
    this.membersCell = new WatchedCell(tidy);
  }

  get isIdle(): boolean {
    return this.#slots.size === 0 && !this.objectsCell.isRead && !this.membersCell.isRead;
  }

  add(slot: ObjectSlot): void {
    if (this.#slots.has(slot)) return;
    this.#slots.add(slot);
    this.#place(slot);
    this.#changed(true);
  }

  remove(slot: ObjectSlot): void {
    if (!this.#slots.delete(slot)) return;
    const at = this.#order === null ? -1 : positionOf(this.#order, slot);
    if (this.#order?.[at] === slot) this.#order.splice(at, 1);
    else this.#order = null;
    this.#changed(true);
  }

  /** An object of the list is another one now. */
  touch(): void {
    this.#changed(false);
  }

  objects(): readonly KubeObject[] {
    this.#objects ??= this.#sorted().flatMap(({ object }) => object ?? []);
    return this.#objects;
  }

  members(): readonly ObjectSlot[] {
    this.#members ??= [...this.#sorted()];
    return this.#members;
  }

  names(): readonly string[] {
    this.#names ??= this.#sorted().map(({ ref }) => ref.name);
    return this.#names;
  }

  get size(): number {
    return this.#slots.size;
  }

  #place(slot: ObjectSlot): void {
    if (this.#order === null) return;
    this.#added += 1;
    if (this.#added > fewAdditions) this.#order = null;
    else this.#order.splice(positionOf(this.#order, slot), 0, slot);
  }

  #sorted(): ObjectSlot[] {
    this.#added = 0;
    this.#order ??= [...this.#slots].sort(byName);
    return this.#order;
  }

  #changed(membersToo: boolean): void {
    this.#objects = null;
    this.objectsCell.change();
    if (!membersToo) return;
    this.#members = null;
    this.#names = null;
    this.membersCell.change();
  }
}

/** Where a slot is in a sorted list, or would be. */
function positionOf(order: readonly ObjectSlot[], slot: ObjectSlot): number {
  let from = 0;
  let to = order.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const there = order[middle];
    if (there !== undefined && byName(there, slot) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Lists by a key, each there as long as it has objects or readers. */
export class SlotLists {
  readonly #lists = new Map<string, SlotList>();

  /** Made when it is not there. */
  at(key: string): SlotList {
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const list = new SlotList(() => this.#lists.delete(key));
    this.#lists.set(key, list);
    return list;
  }

  known(key: string): SlotList | undefined {
    return this.#lists.get(key);
  }

  add(key: string, slot: ObjectSlot): void {
    this.at(key).add(slot);
  }

  remove(key: string, slot: ObjectSlot): void {
    const list = this.#lists.get(key);
    list?.remove(slot);
    if (list?.isIdle === true) this.#lists.delete(key);
  }
}
