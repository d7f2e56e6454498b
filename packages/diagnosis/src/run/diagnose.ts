import type { ClusterSnapshot, EvidenceReader } from '@quarterdeck/cluster';
import type { Diagnosis } from './diagnosis.ts';
import { DiagnosisEngine } from './engine.ts';
import { builtInKnowledge, type Knowledge } from './knowledge.ts';
import { createPace, unpaced } from './pace.ts';
import type { EvidenceBudget } from './read-evidence.ts';

export interface DiagnoseInput {
  snapshot: ClusterSnapshot;
  evidence: EvidenceReader;
  signal: AbortSignal;
  budget?: Partial<EvidenceBudget>;
  /** All registered analysers and rules where left out. */
  knowledge?: Knowledge;
  /** Where others share the process: resolves when they had their turn. Left out, it runs through. */
  rest?: () => Promise<void>;
}

/**
 * One diagnosis of one moment: analyse, read what is asked for, analyse again, explain, resolve. What cannot be read
 * is coverage. Throws only CANCELLED.
 */
export async function diagnose({ snapshot, evidence, signal, budget = {}, knowledge = builtInKnowledge, rest }: DiagnoseInput): Promise<Diagnosis> {
  const { objects, takenAt: now, scope } = snapshot;
  const engine = new DiagnosisEngine({ knowledge, scope, now, pace: rest === undefined ? unpaced : createPace(rest) });
  engine.cover(snapshot);
  await engine.apply({ upserts: objects, deletes: [] });
  return engine.pass({ now, evidence, signal, budget });
}
