import { type BuiltInKind, type ObjectRef, refKey, refTo } from '@quarterdeck/contract';
import type { IdentifiedFinding } from '../model/rule.ts';
import { questionLabel } from '../run/question-label.ts';
import type { EvidenceAnswered } from '../run/read-evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export interface NotSeenInput {
  findings: readonly IdentifiedFinding[];
  answered: readonly EvidenceAnswered[];
  kindsOf: ReadonlyMap<string, readonly BuiltInKind[]>;
  reasons: Partial<Record<BuiltInKind, string>>;
  view: ClusterView;
}

const mostLines = 8;

/** What would have helped to explain these findings and could not be seen, in words for people. */
export function notSeen({ findings, answered, kindsOf, reasons, view }: NotSeenInput): string[] {
  const objects = new Set(findings.flatMap((finding) => [refKey(finding.object), refKey(view.topOwner(finding.object))]));
  const kinds = new Set(findings.flatMap((finding) => kindsOf.get(finding.code) ?? []));
  const unread = [...kinds].flatMap((kind) => {
    const coverage = view.coverage(kind);
    if (coverage === 'read' || coverage === 'absent') return [];
    return [`${kind} objects: ${reasons[kind] ?? (coverage === 'forbidden' ? 'no permission to list them' : 'not read')}`];
  });
  const refused = answered.flatMap(({ request, answer }) => {
    if (answer.state !== 'refused') return [];
    const about = request.need === 'log' ? refTo('Pod', request.namespace, request.pod) : refTo('Secret', request.namespace, request.name);
    return concerns(about, objects, view) ? [`${questionLabel(request)}: ${answer.reason}`] : [];
  });
  return [...new Set([...unread.sort(), ...refused.sort()])].slice(0, mostLines);
}

/** Whether it is one of the objects, or one of them uses it. */
function concerns(about: ObjectRef, objects: ReadonlySet<string>, view: ClusterView): boolean {
  return objects.has(refKey(about)) || view.incoming(about).some((relation) => relation.type !== 'contains' && objects.has(refKey(relation.from)));
}
