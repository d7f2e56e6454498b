import type { Evidence, ObjectRef } from '@quarterdeck/contract';
import type { Explanation, Mechanism, Strength } from '../model/explanation.ts';
import type { Facts, IdentifiedFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending } from './explanations.ts';

/** Declares a mechanism; the facts' type is checked where title and sentence read them. */
export function defineMechanism<F extends Facts>(mechanism: Mechanism<F>): Mechanism<F> {
  return mechanism;
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
