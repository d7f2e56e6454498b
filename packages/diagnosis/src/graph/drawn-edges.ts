import { type ObjectRef, refKey } from '@quarterdeck/contract';
import { Cell } from '../incremental/cell.ts';
import { Computation, type WorkList } from '../incremental/computation.ts';
import { equalValues } from '../incremental/equal-values.ts';
import type { Relation } from '../model/relation.ts';
import type { ObjectSlot } from '../view/object-slot.ts';
import type { FamilyEdges } from './family-edges.ts';

/** The edges of one family that one object describes. */
export class DrawnEdges extends Computation {
  readonly family: FamilyEdges;
  slot: ObjectSlot;
  readonly cell = new Cell();
  edges: readonly Relation[] = none;
  /** What the family threw; undefined where it did not. */
  crash: unknown;
  readonly #work: WorkList<DrawnEdges>;

  constructor(family: FamilyEdges, slot: ObjectSlot, work: WorkList<DrawnEdges>) {
    super();
    this.family = family;
    this.slot = slot;
    this.#work = work;
  }

  override invalidate(): void {
    this.#work.add(this);
  }
}

export const none: readonly Relation[] = [];

/** The edges that others describe and that end at one object. */
export class ArrivingEdges extends Cell {
  readonly #byOrigin = new Map<DrawnEdges, readonly Relation[]>();
  readonly #onIdle: () => void;
  #sorted: readonly Relation[] | null = null;

  constructor(onIdle: () => void) {
    super();
    this.#onIdle = onIdle;
  }

  put(origin: DrawnEdges, edges: readonly Relation[]): void {
    if (edges.length === 0) this.#byOrigin.delete(origin);
    else this.#byOrigin.set(origin, edges);
    this.#sorted = null;
    this.change();
    this.unread();
  }

  /** In the order of who describes them. */
  sorted(order: (a: DrawnEdges, b: DrawnEdges) => number): readonly Relation[] {
    this.#sorted ??= this.#byOrigin.size < 2 ? [...this.#byOrigin.values()].flat() : this.#inOrder(order);
    return this.#sorted;
  }

  #inOrder(order: (a: DrawnEdges, b: DrawnEdges) => number): readonly Relation[] {
    return [...this.#byOrigin].sort(([a], [b]) => order(a, b)).flatMap(([, edges]) => edges);
  }

  protected override unread(): void {
    if (this.#byOrigin.size === 0 && !this.isRead) this.#onIdle();
  }
}

/** By the key of the object at their other end. */
export function byEnd(edges: readonly Relation[], end: 'from' | 'to'): Map<string, Relation[]> {
  const groups = new Map<string, Relation[]>();
  for (const edge of edges) {
    const key = refKey(edge[end]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [edge]);
    else group.push(edge);
  }
  return groups;
}

export function equalEdges(a: readonly Relation[], b: readonly Relation[]): boolean {
  return a.length === b.length && a.every((edge, index) => equalEdge(edge, b[index]));
}

function equalEdge(a: Relation, b: Relation | undefined): boolean {
  return b !== undefined && a.type === b.type && a.path === b.path && equalRef(a.from, b.from) && equalRef(a.to, b.to) && equalValues(a.detail, b.detail);
}

function equalRef(a: ObjectRef, b: ObjectRef): boolean {
  return a.name === b.name && a.namespace === b.namespace && a.kind === b.kind && a.apiVersion === b.apiVersion;
}
