import type { ObjectRef } from '@quarterdeck/contract';
import type { Explanation, Strength } from '../model/explanation.ts';
import type { Facts, FindingId } from '../model/finding.ts';

/** Where a chain ends: at an object to change, at a finding that nothing explains, or in a circle. */
export type ChainEnd =
  | { kind: 'root'; object: ObjectRef; exists: boolean; mechanism: string; facts: Facts }
  | { kind: 'unexplained'; finding: FindingId }
  | { kind: 'cycle'; findings: readonly FindingId[] };

/** The strongest way from a finding to its end. `links` go from the symptom to the cause; empty where nothing explains it. */
export interface Chain {
  finding: FindingId;
  links: readonly Explanation[];
  end: ChainEnd;
  /** The weakest link; null for a chain without links. */
  strength: Strength | null;
  /** Other ends that rules named for this finding, the strongest first; they lost to the one above. */
  rivals?: readonly Rival[];
}

/** An end that a weaker chain leads to. */
export interface Rival {
  end: Extract<ChainEnd, { kind: 'root' }>;
  strength: Strength;
}

/** One chain for every finding. */
export type Resolution = ReadonlyMap<FindingId, Chain>;

export const strengthRank: Readonly<Record<Strength, number>> = { certain: 2, likely: 1, possible: 0 };

export function weaker(a: Strength, b: Strength | null): Strength {
  return b === null || strengthRank[a] <= strengthRank[b] ? a : b;
}
