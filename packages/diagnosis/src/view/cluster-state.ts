import type { CustomKind, EvidenceAnswer, KindCoverage } from '@quarterdeck/cluster';
import { type BuiltInKind, isKind, type KubeObject, type ObjectRef } from '@quarterdeck/contract';
import { GraphContext } from '../graph/graph-context.ts';
import { ObjectGraph } from '../graph/object-graph.ts';
import { WorkList } from '../incremental/computation.ts';
import { Memo } from '../incremental/memo.ts';
import { Tracker } from '../incremental/tracker.ts';
import { AddressIndex } from './address-index.ts';
import type { ClusterView } from './cluster-view.ts';
import { CoverageBook } from './coverage-book.ts';
import { EventIndex } from './event-index.ts';
import { EvidenceBook } from './evidence-book.ts';
import { FindingIndex } from './finding-index.ts';
import { ObjectIndex, type SlotChange } from './object-index.ts';
import { Ownership, type PodOwners } from './ownership.ts';
import { PodLabels } from './pod-labels.ts';
import type { RuleView } from './rule-view.ts';
import { RunningImages } from './running-images.ts';
import { viewOf } from './view-of.ts';

/** What is new since the last time: objects that came or are others now, and those that are gone. */
export interface ObjectChanges {
  upserts: Iterable<KubeObject>;
  deletes: Iterable<ObjectRef>;
}

export interface StateCoverage {
  /** A kind that is not named was not read. */
  coverage: Partial<Record<BuiltInKind, KindCoverage>>;
  /** Why a kind was not read, in words for people. */
  reasons?: Partial<Record<BuiltInKind, string>>;
  /** None where left out. */
  customKinds?: readonly CustomKind[];
}

/**
 * A cluster as it is known, with all indices over it. It follows changes; who looks at it through `view` while the
 * tracker records is told what has become another one.
 */
export class ClusterState {
  readonly tracker: Tracker;
  readonly index: ObjectIndex;
  readonly coverage: CoverageBook;
  readonly evidence: EvidenceBook;
  readonly graph: ObjectGraph;
  /** Filled by who analyses. */
  readonly findings: FindingIndex;
  readonly view: RuleView;
  readonly #ownership: Ownership;
  readonly #owners = new WorkList<PodOwners>();
  readonly #events: EventIndex;
  readonly #addresses: AddressIndex;
  readonly #images: RunningImages;
  readonly #labels: PodLabels;
  readonly #shared: Memo<string | null>;
  readonly #context: GraphContext;

  /** `scope`: the namespaces that are read; null for the whole cluster. `answers`: to questions that are answered beforehand, by key. */
  constructor(scope: ClusterView['scope'], now: number, answers: ReadonlyMap<string, EvidenceAnswer> = new Map()) {
    const tracker = new Tracker(now);
    this.tracker = tracker;
    this.index = new ObjectIndex(tracker);
    this.coverage = new CoverageBook(tracker, scope);
    this.evidence = new EvidenceBook(tracker, answers);
    this.#ownership = new Ownership(this.index, tracker, this.#owners);
    this.#events = new EventIndex(this.index, tracker);
    this.#addresses = new AddressIndex(tracker);
    this.#images = new RunningImages(tracker);
    this.#labels = new PodLabels(tracker);
    this.#shared = new Memo(tracker);
    this.#context = new GraphContext({ index: this.index, scope, labels: this.#labels, addresses: this.#addresses, tracker });
    this.graph = new ObjectGraph(this.index, tracker, this.#context);
    this.findings = new FindingIndex(tracker);
    const { index, coverage, evidence, graph, findings } = this;
    const [ownership, events, addresses, images, shared] = [this.#ownership, this.#events, this.#addresses, this.#images, this.#shared];
    this.view = viewOf({ tracker, index, coverage, evidence, graph, findings, ownership, events, addresses, images, shared });
  }

  /** Takes the changes in, one object a step; what follows from them is worked out by `settle`. */
  *apply({ upserts, deletes }: ObjectChanges, follow: (change: SlotChange) => void = () => undefined): Iterable<void> {
    for (const ref of deletes) {
      this.#take(this.index.delete(ref), follow);
      yield;
    }
    for (const object of upserts) {
      this.#take(this.index.upsert(object), follow);
      yield;
    }
  }

  /** Brings owners and edges up to date, one step at a time. */
  *settle(): Iterable<void> {
    for (const owners of this.#owners.take()) {
      this.#ownership.settle(owners);
      yield;
    }
    yield* this.graph.settle();
    yield* this.#shared.settle();
  }

  /** Forgets what nobody needs any more. */
  tidy(): void {
    this.#context.tidy();
    this.#shared.tidy();
    this.evidence.tidy();
  }

  #take(change: SlotChange | null, follow: (change: SlotChange) => void): void {
    if (change === null) return;
    const object = change.after ?? change.before;
    if (object === undefined) return;
    if (isKind(object, 'Pod')) {
      this.#ownership.follow(change);
      this.#labels.follow(change);
      this.#images.follow(change);
    }
    if (isKind(object, 'Pod') || isKind(object, 'Service') || isKind(object, 'Ingress')) this.#addresses.follow(change);
    if (isKind(object, 'Event')) this.#events.follow(change);
    else this.graph.follow(change);
    follow(change);
  }
}
