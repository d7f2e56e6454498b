import type { ChainNode, Confidence, Evidence, ObjectRef, PastChange, Severity } from '@quarterdeck/contract';
import type { Strength } from './explanation.ts';
import type { Facts, IdentifiedFinding } from './finding.ts';

/** All findings whose strongest explanations end at the same object and mechanism. */
export interface Incident {
  /** Stable from run to run: a hash of cause and mechanism, without times or generated names. */
  id: string;
  title: string;
  sentence: string;
  severity: Severity;
  mechanism: string;
  cause: ObjectRef;
  causeExists: boolean;
  facts: Facts;
  confidence: Confidence;
  /** Epoch milliseconds of the earliest symptom. */
  since: number;
  evidence: Evidence[];
  affected: ObjectRef[];
  chains: ChainNode[][];
  findings: IdentifiedFinding[];
  changes: PastChange[];
  notSeen: string[];
  /** What else could explain the symptoms: weaker, or as strong and later in the order. The strongest first. */
  rivals: RivalCause[];
}

/** An explanation that lost. */
export interface RivalCause {
  cause: ObjectRef;
  mechanism: string;
  sentence: string;
  strength: Strength;
}
