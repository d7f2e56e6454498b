import type { Evidence, ObjectRef } from '@quarterdeck/contract';
import type { Facts, FindingId } from './finding.ts';
import type { Relation } from './relation.ts';

/** `certain`: the state entails it. `likely`: state and one corroboration. `possible`: neither. */
export type Strength = 'certain' | 'likely' | 'possible';

/** Where an explanation leads: to another finding (upstream), or to an end with the object a person must change. */
export type Because = { kind: 'finding'; finding: FindingId } | { kind: 'root'; object: ObjectRef; exists: boolean; mechanism: string; facts: Facts };

/** What a causal rule adds: this finding is explained by that. */
export interface Explanation {
  rule: string;
  finding: FindingId;
  because: Because;
  /** The edge that the rule walked; null where cause and symptom are the same object. */
  via: Relation | null;
  strength: Strength;
  evidence: Evidence[];
}

/** A way in which things break, declared once by the rule that ends there. */
export interface Mechanism<F extends Facts = Facts> {
  id: string;
  /** A short title with the decisive name: `StorageClass premium-rwo does not exist`. */
  title(facts: F, object: ObjectRef): string;
  /** One or two sentences with the decisive value, and what would be right where it is known. */
  sentence(facts: F, object: ObjectRef): string;
}
