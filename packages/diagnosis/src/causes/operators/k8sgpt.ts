import { type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import { k8sGptResult } from '../../analysers/operators/k8sgpt.ts';
import type { Explanation } from '../../model/explanation.ts';
import type { Facts } from '../../model/finding.ts';
import { defineRule } from '../../model/rule.ts';
import type { RuleView } from '../../view/rule-view.ts';
import { defineMechanism, endsAt, stringFact, upstream } from '../explain.ts';

export type ReportedFacts = { error: string; details: string };

export const reportedByK8sGpt = defineMechanism<ReportedFacts>({
  id: 'k8sgpt-reported',
  title: (_facts, object) => `K8sGPT reports a problem of ${object.kind} ${object.name}`,
  sentence: ({ error, details }, object) =>
    `K8sGPT reports of ${object.kind} ${object.name}: ${error.replace(/[.\s]+$/, '')}. It was not confirmed here.${details === '' ? '' : ` Its explanation: ${details}`}`,
});

/** What K8sGPT reports belongs to what we found on the same object, its owner, its pods or what it directs traffic to. */
export const k8sGptRule = defineRule({
  id: 'k8sgpt',
  explains: [k8sGptResult.code],
  mechanisms: [reportedByK8sGpt],
  *explain(finding, view): Iterable<Explanation> {
    const about = aboutOf(finding.facts);
    if (about === null) return;
    const owner = view.topOwner(about);
    const same = ownFindings([about, owner, ...view.podsOf(owner).map(refOf)], view);
    const near = same.length > 0 ? [] : ownFindings(neighbours(about, view), view);
    for (const cause of same) yield upstream(finding, cause, { rule: 'k8sgpt', strength: 'certain' });
    for (const cause of near) yield upstream(finding, cause, { rule: 'k8sgpt', strength: 'likely' });
    if (same.length > 0 || near.length > 0) return;
    const facts: ReportedFacts = { error: stringFact(finding.facts, 'error') ?? '', details: stringFact(finding.facts, 'details') ?? '' };
    yield endsAt({ rule: 'k8sgpt', finding, mechanism: reportedByK8sGpt, object: about, facts, strength: 'possible', evidence: finding.evidence });
  },
});

function aboutOf(facts: Facts): ObjectRef | null {
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((key) => stringFact(facts, key));
  return !apiVersion || !kind || !name ? null : { apiVersion, kind, namespace: stringFact(facts, 'namespace'), name };
}

function ownFindings(refs: readonly ObjectRef[], view: RuleView) {
  const unique = new Map(refs.map((ref) => [refKey(ref), ref]));
  return [...unique.values()].flatMap((ref) => view.findingsOn(ref).filter(({ code }) => code !== k8sGptResult.code));
}

function neighbours(ref: ObjectRef, view: RuleView): ObjectRef[] {
  const out = (['selects', 'routes', 'mounts', 'claims', 'scales', 'guards'] as const).flatMap((type) => view.outgoing(ref, type).map(({ to }) => to));
  const users = (['mounts', 'reads'] as const).flatMap((type) => view.incoming(ref, type).map(({ from }) => from));
  return [...out, ...users].flatMap((each) => [each, view.topOwner(each)]);
}
