import type { Evidence, ObjectRef } from '@quarterdeck/contract';
import type { Explanation, Strength } from '../model/explanation.ts';
import type { Facts, IdentifiedFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';

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
