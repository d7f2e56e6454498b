import { refKey, refLabel } from '@quarterdeck/contract';
import { Computation, WorkList } from '../incremental/computation.ts';
import { equalValues } from '../incremental/equal-values.ts';
import type { AnyAnalyser } from '../model/analyser.ts';
import type { IdentifiedFinding, RawFinding } from '../model/finding.ts';
import type { ClusterState } from '../view/cluster-state.ts';
import type { SlotChange } from '../view/object-index.ts';
import type { ObjectSlot } from '../view/object-slot.ts';
import { isTypedKind } from '../view/typed-kind.ts';
import { messageOf, type Skipped } from './skipped.ts';

const none: readonly IdentifiedFinding[] = [];
const noCrashes: readonly Skipped[] = [];

/** What all analysers see in one object. */
class ObjectFindings extends Computation {
  slot: ObjectSlot;
  findings: readonly IdentifiedFinding[] = none;
  crashes: readonly Skipped[] = noCrashes;
  readonly #work: WorkList<ObjectFindings>;

  constructor(slot: ObjectSlot, work: WorkList<ObjectFindings>) {
    super();
    this.slot = slot;
    this.#work = work;
  }

  override invalidate(): void {
    this.#work.add(this);
  }
}

/** Told of a finding that is new or another one (`after`), or gone (`after` null). */
export type FindingListener = (before: IdentifiedFinding | null, after: IdentifiedFinding | null) => void;

/** Runs the analysers: over every object once, and again where something that they looked at has changed. */
export class Analysis {
  readonly #state: ClusterState;
  readonly #byKind: ReadonlyMap<string, readonly AnyAnalyser[]>;
  readonly #customs: readonly AnyAnalyser[];
  readonly #objects = new Map<string, ObjectFindings>();
  readonly #work = new WorkList<ObjectFindings>();
  readonly #crashed = new Set<ObjectFindings>();
  /** By identity: a finding may be made at several objects. */
  readonly #makers = new Map<string, Map<ObjectFindings, IdentifiedFinding>>();
  readonly #tell: FindingListener;

  constructor(state: ClusterState, analysers: readonly AnyAnalyser[], tell: FindingListener) {
    this.#state = state;
    this.#byKind = Map.groupBy(
      analysers.filter(({ custom }) => custom === null),
      ({ kind }) => kind,
    );
    this.#customs = analysers.filter(({ custom }) => custom !== null);
    this.#tell = tell;
  }

  /** To be called for every change of an object. */
  follow({ slot, after }: SlotChange): void {
    const known = this.#objects.get(slot.key);
    if (known !== undefined) {
      known.slot = slot;
      known.invalidate();
    } else if (after !== undefined && this.#isAnalysed(slot)) {
      const object = new ObjectFindings(slot, this.#work);
      this.#objects.set(slot.key, object);
      object.invalidate();
    }
  }

  /** Analyses what is stale, one object a step. */
  *settle(): Iterable<void> {
    for (const object of this.#work.take()) {
      this.#analyse(object);
      yield;
    }
  }

  crashes(): Skipped[] {
    return [...this.#crashed].flatMap(({ crashes }) => crashes);
  }

  #isAnalysed({ ref }: ObjectSlot): boolean {
    return isTypedKind(ref.apiVersion, ref.kind) ? this.#byKind.has(ref.kind) : this.#customs.length > 0;
  }

  #analyse(object: ObjectFindings): void {
    const { tracker } = this.#state;
    const before = object.findings;
    if (object.slot.object === undefined) {
      tracker.forget(object);
      object.findings = none;
      object.crashes = noCrashes;
    } else {
      object.crashes = noCrashes;
      const found = tracker.record(object, () => this.#run(object));
      object.findings = found === null ? none : kept(before, found);
    }
    if (object.crashes.length > 0) this.#crashed.add(object);
    else this.#crashed.delete(object);
    if (object.findings !== before) this.#replace(object, before);
    if (isIdle(object)) this.#objects.delete(object.slot.key);
  }

  /** Null for an object that nothing is found in, as most are. */
  #run(analysed: ObjectFindings): RawFinding[] | null {
    const { object, ref } = analysed.slot;
    if (object === undefined) return null;
    const { view } = this.#state;
    let found: RawFinding[] | null = null;
    for (const analyser of this.#analysersOf(ref)) {
      try {
        for (const finding of analyser.analyse(object, view)) {
          found ??= [];
          found.push(finding);
        }
      } catch (thrown) {
        const crash = { what: `analyser ${analyser.id} on ${refLabel(ref)}`, reason: `it crashed: ${messageOf(thrown)}` };
        analysed.crashes = [...analysed.crashes, crash];
      }
    }
    return found;
  }

  #analysersOf(ref: ObjectSlot['ref']): readonly AnyAnalyser[] {
    if (isTypedKind(ref.apiVersion, ref.kind)) return this.#byKind.get(ref.kind) ?? [];
    const kind = this.#state.coverage.customKindOf(ref);
    return kind === undefined ? [] : this.#customs.filter(({ custom }) => custom?.(kind) === true);
  }

  #replace(object: ObjectFindings, before: readonly IdentifiedFinding[]): void {
    const ids = new Set([...before, ...object.findings].map(({ id }) => id));
    const own = new Map(object.findings.map((finding) => [finding.id, finding]));
    for (const id of ids) this.#remake(id, object, own.get(id));
  }

  #remake(id: string, maker: ObjectFindings, finding: IdentifiedFinding | undefined): void {
    const makers = this.#makers.get(id) ?? new Map<ObjectFindings, IdentifiedFinding>();
    const before = chosen(makers);
    if (finding === undefined) makers.delete(maker);
    else makers.set(maker, finding);
    if (makers.size === 0) this.#makers.delete(id);
    else this.#makers.set(id, makers);
    const after = chosen(makers);
    if (before !== after) this.#tell(before, after);
  }
}

/** Nothing was found, nothing else was looked at, and no time is waited for: only the object itself can change that. */
function isIdle({ findings, crashes, cells, dueAt }: ObjectFindings): boolean {
  return findings.length === 0 && crashes.length === 0 && cells.length === 0 && dueAt === Number.POSITIVE_INFINITY;
}

/** With their identities, each once. A finding that says what it said before stays the same value. */
function kept(before: readonly IdentifiedFinding[], raw: readonly RawFinding[]): readonly IdentifiedFinding[] {
  const known = new Map(before.map((finding) => [finding.id, finding]));
  const byId = new Map<string, IdentifiedFinding>();
  for (const each of raw) {
    const finding = identified(each);
    const same = byId.get(finding.id);
    if (same === undefined || textOf(finding) < textOf(same)) byId.set(finding.id, finding);
  }
  const found = [...byId.values()].map((finding) => {
    const same = known.get(finding.id);
    return same !== undefined && equalValues(same, finding) ? same : finding;
  });
  return found.length === before.length && found.every((finding, index) => finding === before[index]) ? before : found;
}

export function identified(finding: RawFinding): IdentifiedFinding {
  return { ...finding, id: `${finding.code}|${refKey(finding.object)}|${finding.discriminator}` };
}

/** Of several findings with one identity the same is chosen whatever their order. */
function chosen(makers: ReadonlyMap<ObjectFindings, IdentifiedFinding>): IdentifiedFinding | null {
  let best: IdentifiedFinding | null = null;
  for (const finding of makers.values()) if (best === null || textOf(finding) < textOf(best)) best = finding;
  return best;
}

function textOf(finding: IdentifiedFinding): string {
  return JSON.stringify(finding);
}
