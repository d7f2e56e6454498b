import { type ObjectRef, refKey, severities } from '@quarterdeck/contract';
import { KeyedLists } from '../incremental/keyed-lists.ts';
import type { Tracker } from '../incremental/tracker.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { compareText } from '../resolve/compare-chains.ts';

/** Findings by where they are and what they are. */
export class FindingIndex {
  readonly #byObject: KeyedLists<IdentifiedFinding>;
  readonly #byCode: KeyedLists<IdentifiedFinding>;
  readonly #byOwner: KeyedLists<IdentifiedFinding>;

  constructor(tracker: Tracker) {
    this.#byObject = new KeyedLists(tracker, byId);
    this.#byCode = new KeyedLists(tracker, byId);
    this.#byOwner = new KeyedLists(tracker, worstFinding);
  }

  on(ref: ObjectRef, code?: string): readonly IdentifiedFinding[] {
    const found = this.#byObject.read(refKey(ref));
    return code === undefined ? found : found.filter((finding) => finding.code === code);
  }

  of(code: string): readonly IdentifiedFinding[] {
    return this.#byCode.read(code);
  }

  /** Those on an object, or on pods that it owns; the worst first. */
  under(owner: ObjectRef): readonly IdentifiedFinding[] {
    return this.#byOwner.read(refKey(owner));
  }

  put(finding: IdentifiedFinding): void {
    this.#byObject.put(refKey(finding.object), finding.id, finding);
    this.#byCode.put(finding.code, finding.id, finding);
  }

  remove(finding: IdentifiedFinding): void {
    this.#byObject.remove(refKey(finding.object), finding.id);
    this.#byCode.remove(finding.code, finding.id);
  }

  putUnder(ownerKey: string, finding: IdentifiedFinding): void {
    this.#byOwner.put(ownerKey, finding.id, finding);
  }

  removeUnder(ownerKey: string, finding: IdentifiedFinding): void {
    this.#byOwner.remove(ownerKey, finding.id);
  }
}

function byId(a: IdentifiedFinding, b: IdentifiedFinding): number {
  return compareText(a.id, b.id);
}

/** The worst first, so that the first one speaks for all. */
export function worstFinding(a: IdentifiedFinding, b: IdentifiedFinding): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || compareText(a.id, b.id);
}
