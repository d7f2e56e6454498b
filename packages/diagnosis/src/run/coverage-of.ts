import { type Coverage, groupOf, refLabel, refOf } from '@quarterdeck/contract';
import { compareText } from '../resolve/compare-chains.ts';
import type { ClusterState } from '../view/cluster-state.ts';
import { diagnosisKinds } from './diagnosis-kinds.ts';
import { questionLabel } from './question-label.ts';
import { messageOf, type Skipped } from './skipped.ts';
import { sourcesIn } from './sources.ts';

/** What could not be looked at; `crashes` are those of analysers, rules and words. */
export function coverageOf(state: ClusterState, crashes: readonly Skipped[]): Coverage {
  const all = [...crashes, ...drawingCrashes(state)].sort((a, b) => compareText(`${a.what}|${a.reason}`, `${b.what}|${b.reason}`));
  const skipped = [...unreadKinds(state), ...unreadCustomKinds(state), ...all, ...refusals(state)];
  return { complete: skipped.length === 0, skipped, sources: sourcesIn(state.view) };
}

/** A kind that the cluster does not serve leaves nothing unseen. */
function unreadKinds({ coverage }: ClusterState): Skipped[] {
  return diagnosisKinds.flatMap((kind) => {
    const state = coverage.of(kind);
    if (state === 'read' || state === 'absent') return [];
    const fallback = state === 'forbidden' ? 'no permission to list them' : 'they could not be listed';
    return [{ what: kind, reason: coverage.reason(kind) ?? fallback }];
  });
}

const mostCustomKinds = 10;

/** What is left out on purpose has no reason, and hides nothing. */
function unreadCustomKinds({ coverage }: ClusterState): Skipped[] {
  const unread = coverage
    .customKinds()
    .flatMap(({ apiVersion, kind, reason }) => (reason === null ? [] : [{ what: `${kind}.${groupOf(apiVersion)}`, reason }]));
  const rest = unread.length - mostCustomKinds;
  return rest <= 0 ? unread : [...unread.slice(0, mostCustomKinds), { what: `${rest} more custom kinds`, reason: 'not read for the same kinds of reasons' }];
}

function drawingCrashes({ graph }: ClusterState): Skipped[] {
  return [...graph.crashes()].map(({ family, object, thrown }) => ({
    what: `${family} relations of ${refLabel(refOf(object))}`,
    reason: `it crashed: ${messageOf(thrown)}`,
  }));
}

const mostRefusals = 20;

function refusals({ evidence }: ClusterState): Skipped[] {
  const all = evidence
    .answered()
    .flatMap(({ request, answer }) => (answer?.state === 'refused' ? [{ what: questionLabel(request), reason: answer.reason }] : []));
  const listed = all.sort((a, b) => compareText(a.what, b.what)).slice(0, mostRefusals);
  const rest = all.length - listed.length;
  return rest === 0 ? listed : [...listed, { what: `${rest} more readings`, reason: 'refused for the same kinds of reasons' }];
}
