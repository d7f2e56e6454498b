import type { BuiltInKind, Coverage } from '@quarterdeck/contract';
import { lastChangeIn } from '../incidents/changes.ts';
import { createIncidents } from '../incidents/create-incidents.ts';
import { compareText } from '../resolve/compare-chains.ts';
import { resolve } from '../resolve/resolve.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnosisKinds } from './diagnosis-kinds.ts';
import type { Evaluation, Skipped } from './evaluate.ts';
import type { Knowledge } from './knowledge.ts';
import { questionLabel } from './question-label.ts';
import type { EvidenceAnswered } from './read-evidence.ts';

export interface ConcludeInput {
  evaluation: Evaluation;
  answered: readonly EvidenceAnswered[];
  knowledge: Knowledge;
  /** Why a kind was not read, in words for people. */
  reasons: Partial<Record<BuiltInKind, string>>;
}

/** From an evaluation to incidents and coverage. Pure. */
export function conclude({ evaluation, answered, knowledge, reasons }: ConcludeInput): Diagnosis {
  const { view, findings, explanations, crashes } = evaluation;
  const chains = resolve({ findings, explanations, lastChange: lastChangeIn(view) });
  const { incidents, nextCheckAt, crashes: silent } = createIncidents({ findings, chains, view, knowledge, answered, reasons });
  const skipped = [...unreadKinds(evaluation, reasons), ...crashes, ...silent, ...refusals(answered)];
  return { incidents, findings, coverage: { complete: skipped.length === 0, skipped }, view, nextCheckAt };
}

/** A kind that the cluster does not serve leaves nothing unseen. */
function unreadKinds({ view }: Evaluation, reasons: ConcludeInput['reasons']): Skipped[] {
  return diagnosisKinds.flatMap((kind) => {
    const coverage = view.coverage(kind);
    if (coverage === 'read' || coverage === 'absent') return [];
    const fallback = coverage === 'forbidden' ? 'no permission to list them' : 'they could not be listed';
    return [{ what: kind, reason: reasons[kind] ?? fallback }];
  });
}

const mostRefusals = 20;

function refusals(answered: readonly EvidenceAnswered[]): Coverage['skipped'] {
  const all = answered.flatMap(({ request, answer }) => (answer.state === 'refused' ? [{ what: questionLabel(request), reason: answer.reason }] : []));
  const listed = all.sort((a, b) => compareText(a.what, b.what)).slice(0, mostRefusals);
  const rest = all.length - listed.length;
  return rest === 0 ? listed : [...listed, { what: `${rest} more readings`, reason: 'refused for the same kinds of reasons' }];
}
