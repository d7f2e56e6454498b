import type { KubeObject, ObjectRef } from '@quarterdeck/contract';
import { WorkList } from '../incremental/computation.ts';
import type { Tracker } from '../incremental/tracker.ts';
import type { Relation, RelationType } from '../model/relation.ts';
import type { ObjectIndex, SlotChange } from '../view/object-index.ts';
import type { DrawnEdges } from './drawn-edges.ts';
import { FamilyEdges } from './family-edges.ts';
import type { GraphContext } from './graph-context.ts';
import { relationFamilies } from './relations/index.ts';

/** A family that could not draw the edges of an object. */
export interface DrawingCrash {
  family: string;
  object: KubeObject;
  thrown: unknown;
}

/** Edges, from both ends and also at objects that do not exist; redrawn where what they were drawn from has changed. */
export class ObjectGraph {
  readonly #families: readonly FamilyEdges[];
  readonly #work = new WorkList<DrawnEdges>();
  readonly #context: GraphContext;

  constructor(index: ObjectIndex, tracker: Tracker, context: GraphContext) {
    this.#context = context;
    this.#families = relationFamilies.map((family) => new FamilyEdges({ family, context, index, tracker, work: this.#work }));
  }

  outgoing(ref: ObjectRef, type?: RelationType): readonly Relation[] {
    return this.#at('from', ref, type);
  }

  incoming(ref: ObjectRef, type?: RelationType): readonly Relation[] {
    return this.#at('to', ref, type);
  }

  /** To be called for every change of an object. */
  follow(change: SlotChange): void {
    for (const family of this.#families) family.follow(change);
  }

  /** Draws anew what is stale, one object of one family a step. */
  *settle(): Iterable<void> {
    for (const family of this.#families) yield* family.drawAhead();
    for (;;) {
      yield* this.#context.settle();
      if (this.#work.isEmpty) return;
      for (const drawn of this.#work.take()) {
        drawn.family.draw(drawn);
        yield;
      }
    }
  }

  *crashes(): Iterable<DrawingCrash> {
    for (const family of this.#families) yield* family.crashes();
  }

  #at(end: 'from' | 'to', ref: ObjectRef, type: RelationType | undefined): readonly Relation[] {
    let found: readonly Relation[] | null = null;
    for (const family of this.#families) {
      if (type !== undefined && !family.types.includes(type)) continue;
      const edges = ofType(family.at(end, ref), type, family.types);
      if (edges.length > 0) found = found === null ? edges : [...found, ...edges];
    }
    return found ?? none;
  }
}

const none: readonly Relation[] = [];

function ofType(edges: readonly Relation[], type: RelationType | undefined, types: readonly RelationType[]): readonly Relation[] {
  if (type === undefined || types.length === 1 || edges.every((edge) => edge.type === type)) return edges;
  return edges.filter((edge) => edge.type === type);
}
