import { type KindTypes, refOf, refTo } from '@quarterdeck/contract';
import type { Taint } from 'kubernetes-types/core/v1.js';
import { podUnschedulable } from '../analysers/pod-scheduling.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { isLive } from '../pods/containers.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { nearToleration } from '../scheduling/near-toleration.ts';
import { labelsFit } from '../scheduling/node-fit.ts';
import { type PendingPod, pendingPod } from '../scheduling/pending-pod.ts';
import { taintText, tolerationText, untolerated } from '../scheduling/taints.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, listFact, ownedBy } from './explain.ts';

const id = 'node-taints';
type Node = KindTypes['Node'];

export type TaintFacts = { taints: readonly string[]; nodes: readonly string[] };

export const taintNotTolerated = defineMechanism<TaintFacts>({
  id: 'taint-not-tolerated',
  title: (facts) => `Pods do not tolerate ${listed(facts.taints)}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} has no toleration for ${facts.taints.length === 1 ? 'the taint' : 'the taints'} ${listed(facts.taints)}` +
    `${facts.nodes.length === 0 ? ' of the nodes that would take its pods' : ` of ${facts.nodes.length === 1 ? 'node' : 'nodes'} ${listed(facts.nodes)}`}.`,
});

export type MismatchFacts = {
  taint: string;
  toleration: string;
  differs: string;
  node: string;
  path: string;
  key: string;
  value: string | null;
  effect: string;
};

export const tolerationMismatch = defineMechanism<MismatchFacts>({
  id: 'toleration-mismatch',
  title: (facts) => `Toleration ${facts.toleration} does not match the taint ${facts.taint}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} tolerates ${facts.toleration} (${facts.path}), but node ${facts.node} carries the taint ${facts.taint}: the ${facts.differs} differs, so the node does not take its pods.`,
});

export const nodeTainted = defineMechanism<{ taint: string; nodes: number }>({
  id: 'node-tainted',
  title: (facts, object) => `Node ${object.name} is tainted with ${facts.taint}`,
  sentence: (facts, object) =>
    `Node ${object.name} carries the taint ${facts.taint}, which no workload tolerates, and ${facts.nodes === 1 ? 'there is no other node' : `the other ${facts.nodes - 1} nodes do not take the pods either`}: nothing new can be scheduled.`,
});

export const nodesCordoned = defineMechanism<{ node: string }>({
  id: 'nodes-cordoned',
  title: (_facts, object) => `Node ${object.name} is cordoned`,
  sentence: (_facts, object) => `Node ${object.name} is marked unschedulable (cordoned), and no other node takes the pods.`,
});

/** Nodes that are kept for others: by a taint, or by a cordon. */
export const nodeTaintsRule = defineRule({
  id,
  explains: [podUnschedulable.code],
  mechanisms: [taintNotTolerated, tolerationMismatch, nodeTainted, nodesCordoned],
  *explain(finding, view): Iterable<Explanation> {
    const clauses = new Set(listFact(finding.facts, 'clauses'));
    const one = clauses.has('taint') || clauses.has('cordoned') ? pendingPod(finding, view) : null;
    if (one === null) return;
    if (clauses.has('taint')) yield* tainted(one, clauses.size === 1, view);
    if (clauses.has('cordoned')) yield* cordoned(one, clauses.size === 1);
  },
});

/** Taints that the cluster sets for the state of a node are explained by that state. */
const ofNodeState = /^node\.kubernetes\.io\//;

function taintsOf(node: Node, { spec }: PendingPod): Taint[] {
  return untolerated(spec, node).filter(({ key }) => !ofNodeState.test(key));
}

function* tainted(one: PendingPod, alone: boolean, view: RuleView): Iterable<Explanation> {
  const { finding, workload, spec } = one;
  const open = one.nodes.filter((node) => node.spec?.unschedulable !== true && labelsFit(spec, node));
  const keeping = open.flatMap((node) => taintsOf(node, one).map((taint) => ({ node, taint })));
  const near = nearToleration(
    workload.spec,
    keeping.map(({ taint }) => taint),
  );
  if (near !== null) {
    yield mismatch(one, near, keeping.find(({ taint }) => taint === near.taint)?.node.metadata.name ?? '');
    return;
  }
  const [first] = keeping;
  if (first !== undefined && open.every((node) => taintsOf(node, one).length > 0) && !keeping.some(({ taint }) => isDedicated(taint, view))) {
    for (const { node, taint } of keeping) yield ofNode(one, node, taint, alone);
    return;
  }
  const named = keeping.map(({ taint }) => taintText(taint));
  const taints = named.length > 0 ? named : listFact(finding.facts, 'taints');
  const facts = { taints: taints.length === 0 ? ['unnamed taints'] : [...new Set(taints)], nodes: [...new Set(keeping.map(({ node }) => node.metadata.name))] };
  const seen = keeping.slice(0, 3).map(({ node, taint }) => fieldEvidence(refOf(node), 'spec.taints', taintText(taint), { decisive: true }));
  const strength = alone ? 'likely' : 'possible';
  yield endsAt({
    rule: id,
    finding,
    mechanism: taintNotTolerated,
    object: workload.ref,
    facts,
    strength,
    via: ownedBy(finding.object, view),
    evidence: seen,
  });
}

function mismatch({ finding, workload }: PendingPod, near: NonNullable<ReturnType<typeof nearToleration>>, node: string): Explanation {
  const path = `${workload.path}.tolerations[${near.index}]`;
  const { key, value, effect } = near.taint;
  const written = { taint: taintText(near.taint), toleration: tolerationText(near.toleration), differs: near.differs, node, path };
  const facts = { ...written, key, value: value === undefined || value === '' ? null : value, effect };
  const seen = [
    fieldEvidence(workload.ref, path, facts.toleration, { decisive: true }),
    fieldEvidence(refTo('Node', null, node), 'spec.taints', facts.taint, { decisive: true }),
  ];
  return endsAt({ rule: id, finding, mechanism: tolerationMismatch, object: workload.ref, facts, strength: 'certain', evidence: seen });
}

/** Whether somebody lives with the taint: then the node is kept for them on purpose. What tolerates everything says nothing. */
function isDedicated(taint: Taint, view: RuleView): boolean {
  return view.list('Pod').some((pod) => {
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller === true)?.kind;
    const named = (pod.spec?.tolerations ?? []).some(({ key }) => key === taint.key);
    return named && owner !== 'DaemonSet' && owner !== 'Node' && isLive(pod) && pod.spec?.nodeName !== undefined;
  });
}

function ofNode({ finding, nodes }: PendingPod, node: Node, taint: Taint, alone: boolean): Explanation {
  const object = refOf(node);
  const seen = [fieldEvidence(object, 'spec.taints', taintText(taint), { decisive: true })];
  const facts = { taint: taintText(taint), nodes: nodes.length };
  return endsAt({ rule: id, finding, mechanism: nodeTainted, object, facts, strength: alone ? 'likely' : 'possible', evidence: seen });
}

function* cordoned({ finding, nodes }: PendingPod, alone: boolean): Iterable<Explanation> {
  for (const node of nodes.filter((candidate) => candidate.spec?.unschedulable === true)) {
    const object = refOf(node);
    const seen = [fieldEvidence(object, 'spec.unschedulable', 'true', { decisive: true })];
    const strength = alone ? 'certain' : 'likely';
    yield endsAt({ rule: id, finding, mechanism: nodesCordoned, object, facts: { node: object.name }, strength, evidence: seen });
  }
}
