import type { Evidence, ObjectRef } from '@quarterdeck/contract';
import type { Explanation, Mechanism, Strength } from '../model/explanation.ts';
import type { Facts, IdentifiedFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import type { RuleView } from '../view/rule-view.ts';

/** Declares a mechanism; the facts' type is checked where title and sentence read them. */
export function defineMechanism<F extends Facts>(mechanism: Mechanism<F>): Mechanism<F> {
  return mechanism;
}

/** How a rule came to its explanation. */
export interface Reason {
  rule: string;
  strength: Strength;
  via?: Relation | null;
  evidence?: Evidence[];
}

/** This finding is explained by that one. */
export function upstream(finding: IdentifiedFinding, cause: IdentifiedFinding, reason: Reason): Explanation {
  return explanation(finding, { kind: 'finding', finding: cause.id }, reason);
}

/** This finding ends at an object that a person must create or change. */
export function ending(finding: IdentifiedFinding, end: { object: ObjectRef; exists?: boolean; mechanism: string; facts: Facts }, reason: Reason): Explanation {
  return explanation(finding, { kind: 'root', exists: true, ...end }, reason);
}

function explanation(finding: IdentifiedFinding, because: Explanation['because'], { rule, strength, via, evidence }: Reason): Explanation {
  return { rule, finding: finding.id, because, via: via ?? null, strength, evidence: evidence ?? [] };
}

/** `a`, `a and b`, `a, b and c`; `none` for an empty list. */
export function listed(names: readonly string[], none = 'none'): string {
  const last = names.at(-1);
  if (last === undefined) return none;
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

interface End<F extends Facts> {
  rule: string;
  finding: IdentifiedFinding;
  mechanism: Mechanism<F>;
  object: ObjectRef;
  facts: F;
  strength: Strength;
  /** True where left out. */
  exists?: boolean;
  via?: Relation | null;
  evidence?: Evidence[];
}

/** The finding is explained by a mechanism at an object, with the facts that the mechanism's words read. */
export function endsAt<F extends Facts>({ rule, finding, mechanism, object, facts, strength, exists = true, via = null, evidence = [] }: End<F>): Explanation {
  return ending(finding, { object, exists, mechanism: mechanism.id, facts }, { rule, strength, via, evidence });
}

/** The edge by which an object's controller owns it; null for one that stands alone. */
export function ownedBy(object: ObjectRef, view: RuleView): Relation | null {
  return view.incoming(object, 'owns')[0] ?? null;
}

export function stringFact(facts: Facts, name: string): string | null {
  const value = facts[name];
  return typeof value === 'string' ? value : null;
}

export function numberFact(facts: Facts, name: string): number {
  const value = facts[name];
  return typeof value === 'number' ? value : 0;
}

export function listFact(facts: Facts, name: string): readonly string[] {
  const value = facts[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
