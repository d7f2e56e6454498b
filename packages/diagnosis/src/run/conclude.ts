import { type BuiltInKind, type Coverage, groupOf } from '@quarterdeck/contract';
import { withKeepers } from '../changes/kept-causes.ts';
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
import { sourcesIn } from './sources.ts';

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
  const resolved = resolve({ findings, explanations, lastChange: lastChangeIn(view) });
  const chains = withKeepers(resolved, { findings, mechanisms: knowledge.mechanisms, view });
  const { incidents, nextCheckAt, crashes: silent } = createIncidents({ findings, chains, view, knowledge, answered, reasons });
  const skipped = [...unreadKinds(evaluation, reasons), ...unreadCustomKinds(evaluation), ...crashes, ...silent, ...refusals(answered)];
  return { incidents, findings, coverage: { complete: skipped.length === 0, skipped, sources: sourcesIn(view) }, view, nextCheckAt };
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

const mostCustomKinds = 10;

/** What is left out on purpose has no reason, and hides nothing. */
function unreadCustomKinds({ view }: Evaluation): Skipped[] {
  const unread = view.customKinds().flatMap(({ apiVersion, kind, reason }) => (reason === null ? [] : [{ what: `${kind}.${groupOf(apiVersion)}`, reason }]));
  const rest = unread.length - mostCustomKinds;
  return rest <= 0 ? unread : [...unread.slice(0, mostCustomKinds), { what: `${rest} more custom kinds`, reason: 'not read for the same kinds of reasons' }];
}

const mostRefusals = 20;

function refusals(answered: readonly EvidenceAnswered[]): Coverage['skipped'] {
  const all = answered.flatMap(({ request, answer }) => (answer.state === 'refused' ? [{ what: questionLabel(request), reason: answer.reason }] : []));
  const listed = all.sort((a, b) => compareText(a.what, b.what)).slice(0, mostRefusals);
  const rest = all.length - listed.length;
  return rest === 0 ? listed : [...listed, { what: `${rest} more readings`, reason: 'refused for the same kinds of reasons' }];
}
