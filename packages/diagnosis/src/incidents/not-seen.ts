import { type ObjectRef, refKey } from '@quarterdeck/contract';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Knowledge } from '../run/knowledge.ts';
import { questionLabel } from '../run/question-label.ts';
import type { ClusterState } from '../view/cluster-state.ts';

const mostLines = 8;

/** What would have helped to explain findings and could not be seen, in words for people; at most eight lines, each once. */
export function notSeen(findings: readonly IdentifiedFinding[], state: ClusterState, kindsOf: Knowledge['kindsOf']): string[] {
  const refs = findings.flatMap(({ object }) => [object, state.view.topOwner(object)]);
  const objects = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
  const refused = objects.flatMap((ref) => refusedAbout(ref, state)).sort();
  return [...new Set([...unreadKinds(findings, state, kindsOf), ...refused])].slice(0, mostLines);
}

/** About the object itself, and about the Secrets that it uses. */
function refusedAbout(ref: ObjectRef, { view, evidence }: ClusterState): string[] {
  const used = (['mounts', 'reads', 'pullsWith'] as const).flatMap((type) => view.outgoing(ref, type)).filter(({ to }) => to.kind === 'Secret');
  return [ref, ...used.map(({ to }) => to)].flatMap((about) =>
    evidence.refusalsAbout(about).map(({ request, reason }) => `${questionLabel(request)}: ${reason}`),
  );
}

function unreadKinds(findings: readonly IdentifiedFinding[], { view, coverage }: ClusterState, kindsOf: Knowledge['kindsOf']): string[] {
  const kinds = new Set(findings.flatMap((finding) => kindsOf.get(finding.code) ?? []));
  return [...kinds].sort().flatMap((kind) => {
    const state = view.coverage(kind);
    if (state === 'read' || state === 'absent') return [];
    return [`${kind} objects: ${coverage.reason(kind) ?? (state === 'forbidden' ? 'no permission to list them' : 'not read')}`];
  });
}
