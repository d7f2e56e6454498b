import { type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { NodeSelectorTerm } from 'kubernetes-types/core/v1.js';
import { podUnschedulable } from '../analysers/pod-scheduling.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { type Workload, workloadOf } from '../pods/workload.ts';
import { labelDemands, meets } from '../scheduling/node-fit.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, listFact, ownedBy, stringFact } from './explain.ts';

const id = 'volume-placement';
type Node = KindTypes['Node'];
type Volume = KindTypes['PersistentVolume'];

/** `place` is what the volume's node affinity asks for: `kubernetes.io/hostname=node-3`. */
export type PlacementFacts = { claim: string; volume: string; place: string; workload: string };

export const volumeNodeGone = defineMechanism<PlacementFacts>({
  id: 'volume-node-gone',
  title: (facts, object) => `PersistentVolume ${object.name} is tied to ${facts.place}, which no node has`,
  sentence: (facts, object) =>
    `PersistentVolume ${object.name} of PersistentVolumeClaim ${facts.claim} can only be used on nodes with ${facts.place}, and there is no such node, so pods of ${facts.workload} cannot be scheduled.`,
});

export type DisagreementFacts = PlacementFacts & { nodes: readonly string[]; demand: string };

export const volumeElsewhere = defineMechanism<DisagreementFacts>({
  id: 'volume-on-other-node',
  title: (facts) => `The volume of claim ${facts.claim} is on ${listed(facts.nodes)}, where the pods may not run`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} demands nodes with ${facts.demand}, but PersistentVolume ${facts.volume} of its claim ${facts.claim} can only be used on ${listed(facts.nodes)} (${facts.place}): no node meets both.`,
});

export const volumeNodeUnusable = defineMechanism<PlacementFacts & { nodes: readonly string[]; message: string }>({
  id: 'volume-node-unusable',
  title: (facts) => `The pods need ${listed(facts.nodes)} for their volume, which does not take them`,
  sentence: (facts, object) =>
    `PersistentVolume ${facts.volume} of claim ${facts.claim} ties the pods of ${object.kind} ${object.name} to ${listed(facts.nodes)} (${facts.place}), and that node does not take them: ${facts.message}`,
});

/** A pod that may run only where its volume is: the volume, the pods' own demand, or the node stands against it. */
export const volumePlacementRule = defineRule({
  id,
  explains: [podUnschedulable.code],
  mechanisms: [volumeNodeGone, volumeElsewhere, volumeNodeUnusable],
  *explain(finding, view): Iterable<Explanation> {
    if (!listFact(finding.facts, 'clauses').includes('volume-node-affinity')) return;
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    const nodes = view.list('Node');
    if (pod === undefined || nodes.length === 0) return;
    const workload = workloadOf(pod, view);
    for (const via of view.outgoing(finding.object, 'mounts').filter(({ to }) => to.kind === 'PersistentVolumeClaim')) {
      const volume = volumeOf(via.to, view);
      const terms = volume?.spec?.nodeAffinity?.required?.nodeSelectorTerms ?? [];
      if (volume !== undefined && terms.length > 0) yield explainVolume({ finding, workload, claim: via.to, volume, terms, nodes }, view);
    }
  },
});

function volumeOf(claim: ObjectRef, view: RuleView): Volume | undefined {
  const [bound] = view.outgoing(claim, 'claims');
  return bound === undefined ? undefined : view.get('PersistentVolume', null, bound.to.name);
}

interface Case {
  finding: IdentifiedFinding;
  workload: Workload;
  claim: ObjectRef;
  volume: Volume;
  terms: readonly NodeSelectorTerm[];
  nodes: readonly Node[];
}

function explainVolume(one: Case, view: RuleView): Explanation {
  const { finding, workload, claim, volume, terms } = one;
  const usable = one.nodes.filter((node) => terms.some((term) => termMeets(term, node)));
  const place = placeOf(terms);
  const facts = { claim: claim.name, volume: volume.metadata.name, place, workload: `${workload.ref.kind} ${workload.ref.name}` };
  const object = refOf(volume);
  const seen = fieldEvidence(object, 'spec.nodeAffinity.required', place, { decisive: true });
  const common = { rule: id, finding, strength: 'certain' as const };
  if (usable.length === 0) {
    const via = view.incoming(object, 'claims')[0] ?? null;
    return endsAt({ ...common, mechanism: volumeNodeGone, object, facts, via, evidence: [seen, absentNodes(one, place)] });
  }
  const nodes = usable.map(({ metadata }) => `node ${metadata.name}`);
  const own = { ...common, object: workload.ref, via: ownedBy(finding.object, view), evidence: [seen] };
  const against = labelDemands(workload.spec).find((demand) => !usable.some((node) => meets(node.metadata.labels ?? {}, demand)));
  if (against === undefined)
    return endsAt({ ...own, mechanism: volumeNodeUnusable, facts: { ...facts, nodes, message: stringFact(finding.facts, 'message') ?? '' } });
  const demand = `${against.key}=${against.values.join(', ') || against.operator}`;
  return endsAt({ ...own, mechanism: volumeElsewhere, facts: { ...facts, nodes, demand } });
}

function absentNodes({ nodes, volume }: Case, place: string) {
  return evidence({
    source: 'absence',
    object: refOf(volume),
    text: `None of ${nodes.length} nodes has ${place}`,
    decisive: true,
  });
}

/** All of a term, as the API says; `metadata.name` is the only field a term may name. */
function termMeets(term: NodeSelectorTerm, node: Node): boolean {
  const labels = { ...node.metadata.labels };
  const byField = (term.matchFields ?? []).every(({ operator, values }) => (operator === 'In') === (values ?? []).includes(node.metadata.name));
  return byField && (term.matchExpressions ?? []).every(({ key, operator, values }) => meets(labels, { key, operator, values: values ?? [], path: '' }));
}

function placeOf(terms: readonly NodeSelectorTerm[]): string {
  const texts = terms.map((term) =>
    [...(term.matchExpressions ?? []), ...(term.matchFields ?? [])]
      .map(({ key, operator, values }) => `${key}=${(values ?? []).join('|') || operator}`)
      .join(' and '),
  );
  return texts.join(' or ');
}
