import { isKind, type KubeObject, type ObjectRef, refKey } from '@quarterdeck/contract';
import type { WorkList } from '../incremental/computation.ts';
import type { Tracker } from '../incremental/tracker.ts';
import type { Relation, RelationType } from '../model/relation.ts';
import { compareText } from '../resolve/compare-chains.ts';
import type { ObjectIndex, SlotChange } from '../view/object-index.ts';
import { byName, type ObjectSlot } from '../view/object-slot.ts';
import { ArrivingEdges, byEnd, DrawnEdges, equalEdges, none } from './drawn-edges.ts';
import type { GraphContext } from './graph-context.ts';
import type { DrawingCrash } from './object-graph.ts';
import type { RelationFamily } from './relation-family.ts';

export interface FamilyEdgesInput {
  family: RelationFamily;
  context: GraphContext;
  index: ObjectIndex;
  tracker: Tracker;
  work: WorkList<DrawnEdges>;
}

/**
 * The edges of one family. At the end that describes them they are drawn when they are asked for; once they were asked
 * for at the other end, they are drawn of all objects and kept so.
 */
export class FamilyEdges {
  readonly types: readonly RelationType[];
  readonly #input: FamilyEdgesInput;
  readonly #drawn = new Map<string, DrawnEdges>();
  readonly #crashed = new Set<DrawnEdges>();
  #arriving: Map<string, ArrivingEdges> | null = null;

  constructor(input: FamilyEdgesInput) {
    this.types = input.family.types;
    this.#input = input;
  }

  at(end: 'from' | 'to', ref: ObjectRef): readonly Relation[] {
    return end === this.#input.family.describes ? this.#describedBy(ref) : this.#arrivingAt(ref);
  }

  /** To be called for every change of an object. */
  follow({ slot, after }: SlotChange): void {
    const drawn = this.#drawn.get(slot.key);
    if (drawn !== undefined) {
      drawn.slot = slot;
      drawn.invalidate();
    } else if (this.#arriving !== null && after !== undefined && this.#describes(after)) this.#open(slot).invalidate();
  }

  /** Draws the edges of all objects, one a step, where that was not done yet and is mostly needed. */
  *drawAhead(): Iterable<void> {
    if (this.#arriving !== null || this.#input.family.rarelyAsked === true) return;
    this.#arriving = new Map();
    for (const slot of this.#input.index.slots()) {
      if (slot.object === undefined || !this.#describes(slot.object)) continue;
      this.draw(this.#drawn.get(slot.key) ?? this.#open(slot));
      yield;
    }
  }

  draw(drawn: DrawnEdges): void {
    const { tracker, work } = this.#input;
    const { object } = drawn.slot;
    work.remove(drawn);
    const edges = object === undefined || !this.#describes(object) ? none : tracker.record(drawn, () => this.#edgesOf(drawn, object));
    if (!equalEdges(drawn.edges, edges)) this.#replace(drawn, edges);
    if (object === undefined) drawn.cell.change(); // Whoever looks here waits for another object now.
    if (object === undefined || (isIdle(drawn) && !this.#crashed.has(drawn))) this.#close(drawn);
  }

  *crashes(): Iterable<DrawingCrash> {
    for (const { slot, crash } of this.#crashed) if (slot.object !== undefined) yield { family: this.#input.family.id, object: slot.object, thrown: crash };
  }

  #edgesOf(drawn: DrawnEdges, object: KubeObject): readonly Relation[] {
    const { family, context } = this.#input;
    this.#crashed.delete(drawn);
    try {
      return [...family.edgesOf(object, context)];
    } catch (thrown) {
      drawn.crash = thrown;
      this.#crashed.add(drawn);
      return none;
    }
  }

  #replace(drawn: DrawnEdges, edges: readonly Relation[]): void {
    const before = drawn.edges;
    drawn.edges = edges;
    drawn.cell.change();
    const arriving = this.#arriving;
    if (arriving === null) return;
    const end = this.#input.family.describes === 'from' ? 'to' : 'from';
    const [from, to] = [byEnd(before, end), byEnd(edges, end)];
    for (const [key, those] of to) if (!equalEdges(from.get(key) ?? none, those)) this.#endAt(arriving, key).put(drawn, those);
    for (const key of from.keys()) if (!to.has(key)) this.#endAt(arriving, key).put(drawn, none);
  }

  #describedBy(ref: ObjectRef): readonly Relation[] {
    const { index, tracker } = this.#input;
    const slot = index.slotOf(ref);
    if (slot?.object === undefined || !this.#describes(slot.object)) {
      index.identityOf(ref); // Whoever asks is told when it is there.
      return none;
    }
    const drawn = this.#drawn.get(slot.key) ?? this.#drawnNow(slot);
    tracker.read(drawn.cell);
    return drawn.edges;
  }

  #drawnNow(slot: ObjectSlot): DrawnEdges {
    const drawn = this.#open(slot);
    this.draw(drawn);
    this.#drawn.set(slot.key, drawn);
    return drawn;
  }

  #arrivingAt(ref: ObjectRef): readonly Relation[] {
    const { tracker } = this.#input;
    const all = this.#arriving ?? this.#drawAll();
    const key = refKey(ref);
    const arriving = tracker.isRecording ? this.#endAt(all, key) : all.get(key);
    if (arriving === undefined) return none;
    tracker.read(arriving);
    return arriving.sorted((a, b) => this.#order(a.slot, b.slot));
  }

  #drawAll(): Map<string, ArrivingEdges> {
    const arriving = new Map<string, ArrivingEdges>();
    this.#arriving = arriving;
    for (const drawn of this.#drawn.values()) {
      const { edges } = drawn;
      drawn.edges = none;
      this.#replace(drawn, edges);
    }
    for (const slot of this.#input.index.slots()) {
      if (slot.object !== undefined && !this.#drawn.has(slot.key) && this.#describes(slot.object)) this.#drawnNow(slot);
    }
    return arriving;
  }

  #open(slot: ObjectSlot): DrawnEdges {
    const drawn = new DrawnEdges(this, slot, this.#input.work);
    this.#drawn.set(slot.key, drawn);
    return drawn;
  }

  #close(drawn: DrawnEdges): void {
    this.#input.tracker.forget(drawn);
    this.#drawn.delete(drawn.slot.key);
    this.#crashed.delete(drawn);
  }

  #endAt(arriving: Map<string, ArrivingEdges>, key: string): ArrivingEdges {
    const edges = arriving.get(key) ?? new ArrivingEdges(() => arriving.delete(key));
    arriving.set(key, edges);
    return edges;
  }

  /** As the family names its kinds, then by name. */
  #order(a: ObjectSlot, b: ObjectSlot): number {
    const names: readonly string[] = this.#input.family.kinds === 'all' ? [] : this.#input.family.kinds;
    const byKind = names.indexOf(a.ref.kind) - names.indexOf(b.ref.kind) || compareText(a.ref.kind, b.ref.kind);
    return byKind || byName(a, b) || compareText(a.key, b.key);
  }

  #describes(object: KubeObject): boolean {
    const { kinds } = this.#input.family;
    return object.kind !== 'Event' && (kinds === 'all' || kinds.some((kind) => isKind(object, kind)));
  }
}

/** Nothing was drawn, nothing was looked at for it, and nobody asks. */
function isIdle({ edges, cells, cell }: DrawnEdges): boolean {
  return edges.length === 0 && cells.length === 0 && !cell.isRead;
}
