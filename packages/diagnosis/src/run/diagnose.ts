import { type ClusterSnapshot, type EvidenceReader, evidenceKey } from '@quarterdeck/cluster';
import { createClusterState } from '../view/create-cluster-view.ts';
import { conclude } from './conclude.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { builtInKnowledge, type Knowledge } from './knowledge.ts';
import { createPace, unpaced } from './pace.ts';
import { defaultBudget, type EvidenceAnswered, type EvidenceBudget, readEvidence, spreadOverWorkloads } from './read-evidence.ts';

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

/** Answers lead to further questions: a log names a Secret, the Secret is looked at. Deeper than this nothing asks. */
const mostRounds = 3;

/**
 * One diagnosis of one moment: analyse, read what is asked for, analyse again, explain, resolve. What cannot be read
 * is coverage. Throws only CANCELLED.
 */
export async function diagnose(input: DiagnoseInput): Promise<Diagnosis> {
  const { snapshot, knowledge = builtInKnowledge } = input;
  const pace = input.rest === undefined ? unpaced : createPace(input.rest);
  const { objects, takenAt: now, scope, coverage, customKinds } = snapshot;
  const state = createClusterState({ objects, now, scope, coverage, customKinds });
  const known = new Map<string, EvidenceAnswered>();
  const budget = { ...defaultBudget, ...input.budget };
  const deadline = AbortSignal.timeout(budget.milliseconds);
  const evaluated = () => evaluate(state, new Map([...known].map(([key, { answer }]) => [key, answer])), knowledge, pace);
  let evaluation: Evaluation = await evaluated();
  for (let round = 0; round < mostRounds && evaluation.questions.length > 0; round++) {
    input.signal.throwIfAborted();
    const requests = spreadOverWorkloads(evaluation.questions, evaluation.view);
    const left = Math.max(0, budget.requests - known.size);
    const answered = await readEvidence({ requests, reader: input.evidence, left, budget, signal: input.signal, deadline });
    for (const answer of answered) known.set(evidenceKey(answer.request), answer);
    evaluation = await evaluated();
  }
  return conclude({ evaluation, answered: [...known.values()], knowledge, reasons: snapshot.reasons });
}
