import { type BuiltInKind, type ObjectRef, refKey, refTo } from '@quarterdeck/contract';
import type { IdentifiedFinding } from '../model/finding.ts';
import { questionLabel } from '../run/question-label.ts';
import type { EvidenceAnswered } from '../run/read-evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export interface NotSeenInput {
  answered: readonly EvidenceAnswered[];
  kindsOf: ReadonlyMap<string, readonly BuiltInKind[]>;
  reasons: Partial<Record<BuiltInKind, string>>;
  view: ClusterView;
}

const mostLines = 8;

/** What would have helped to explain findings and could not be seen, in words for people. */
export class NotSeen {
  readonly #input: NotSeenInput;
  /** Refused questions by the object that they are about or that uses it. */
  readonly #refused = new Map<string, string[]>();

  constructor(input: NotSeenInput) {
    this.#input = input;
    for (const { request, answer } of input.answered) {
      if (answer.state !== 'refused') continue;
      const line = `${questionLabel(request)}: ${answer.reason}`;
      const about = request.need === 'log' ? refTo('Pod', request.namespace, request.pod) : refTo('Secret', request.namespace, request.name);
      for (const ref of concerned(about, input.view)) this.#refused.set(refKey(ref), [...(this.#refused.get(refKey(ref)) ?? []), line]);
    }
  }

  /** At most eight lines, each once. */
  about(findings: readonly IdentifiedFinding[]): string[] {
    const objects = new Set(findings.flatMap((finding) => [refKey(finding.object), refKey(this.#input.view.topOwner(finding.object))]));
    const refused = [...objects].flatMap((key) => this.#refused.get(key) ?? []);
    return [...new Set([...this.#unreadKinds(findings), ...refused.sort()])].slice(0, mostLines);
  }

  #unreadKinds(findings: readonly IdentifiedFinding[]): string[] {
    const { kindsOf, reasons, view } = this.#input;
    const kinds = new Set(findings.flatMap((finding) => kindsOf.get(finding.code) ?? []));
    return [...kinds].sort().flatMap((kind) => {
      const coverage = view.coverage(kind);
      if (coverage === 'read' || coverage === 'absent') return [];
      return [`${kind} objects: ${reasons[kind] ?? (coverage === 'forbidden' ? 'no permission to list them' : 'not read')}`];
    });
  }
}

/** A pod itself; a Secret and all that use it. */
function concerned(about: ObjectRef, view: ClusterView): ObjectRef[] {
  if (about.kind === 'Pod') return [about];
  const users = (['mounts', 'reads', 'pullsWith'] as const).flatMap((type) => view.incoming(about, type).map((relation) => relation.from));
  return [about, ...users];
}
