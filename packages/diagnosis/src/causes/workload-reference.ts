import { type BuiltInKind, builtInKinds, type ObjectRef, refLabel, refTo } from '@quarterdeck/contract';
import { type NeededFacts, neededObjectGone } from '../analysers/workload-reference.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { nearMiss } from '../pods/near-name.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, numberFact, stringFact } from './explain.ts';

const id = 'workload-reference';

/** `meant` is an object that is written almost so; only for what never started, as what runs was right once. */
export type GoneFacts = NeededFacts & { workload: string; meant: string | null };

export const neededGone = defineMechanism<GoneFacts>({
  id: 'needed-object-gone',
  title: (facts) => `${named(facts)} is gone, and ${facts.workload} cannot start without it`,
  sentence: (facts) =>
    `${facts.workload} needs ${named(facts)} (${facts.path}), which does not exist${facts.meant === null ? '' : ` (there is ${facts.meant})`}: ${
      facts.runs === 0
        ? 'its next run cannot start'
        : `its ${facts.runs} running ${facts.runs === 1 ? 'pod goes' : 'pods go'} on, but none could start again after a restart, an eviction or a rollout`
    }.`,
});

function named({ kind, name, key }: GoneFacts): string {
  return key === null ? `${kind} ${name}` : `key ${key} of ${kind} ${name}`;
}

/** A template that could not start again. */
export const workloadReferenceRule = defineRule({
  id,
  explains: [neededObjectGone.code],
  mechanisms: [neededGone],
  *explain(finding, view): Iterable<Explanation> {
    const [kind, name, key, path] = ['kind', 'name', 'key', 'path'].map((fact) => stringFact(finding.facts, fact));
    if (!isBuiltIn(kind) || typeof name !== 'string' || typeof path !== 'string') return;
    const object = refTo(kind, finding.object.namespace, name);
    const runs = numberFact(finding.facts, 'runs');
    const meant = runs === 0 ? similar(object, key ?? null, view) : null;
    const facts = { kind, name, key: key ?? null, path, runs, workload: refLabel({ ...finding.object, namespace: null }), meant };
    const end = meant === null ? { object, exists: !view.isMissing(object) } : { object: finding.object };
    const via = view.outgoing(finding.object).find((edge) => edge.path === path) ?? null;
    yield endsAt({ rule: id, finding, mechanism: neededGone, facts, strength: 'certain', via, evidence: finding.evidence, ...end });
  },
});

function isBuiltIn(kind: string | null | undefined): kind is BuiltInKind {
  return typeof kind === 'string' && Object.hasOwn(builtInKinds, kind);
}

function similar({ kind, namespace, name }: ObjectRef, key: string | null, view: RuleView): string | null {
  if (!isBuiltIn(kind)) return null;
  if (key === null)
    return nearMiss(
      name,
      view.list(kind, namespace ?? undefined).map(({ metadata }) => metadata.name),
    );
  const source = kind === 'Secret' ? view.get('Secret', namespace, name) : view.get('ConfigMap', namespace, name);
  return nearMiss(key, Object.keys(source?.data ?? {}));
}
