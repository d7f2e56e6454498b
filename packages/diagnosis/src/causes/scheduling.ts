import { type KindTypes, refTo } from '@quarterdeck/contract';
import { daemonSetWithoutNodes, unmetDemands } from '../analysers/daemonset-placement.ts';
import { podUnschedulable } from '../analysers/pod-scheduling.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { type Workload, workloadAt, workloadOf } from '../pods/workload.ts';
import { allocatable, freeOn, type LabelDemand, labelDemands, meets, requestOf } from '../scheduling/node-fit.ts';
import { demandsBehind } from '../scheduling/placement-demands.ts';
import { formatQuantity } from '../scheduling/quantity.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listFact, ownedBy, stringFact, upstream } from './explain.ts';

const id = 'scheduling';
type Node = KindTypes['Node'];

export type SelectorFacts = { key: string; wanted: string; existing: readonly string[]; path: string; nearest: string | null };

export const nodeSelectorUnmet = defineMechanism<SelectorFacts>({
  id: 'node-selector-unmet',
  title: (facts) => `No node has ${facts.key}=${facts.wanted}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} demands nodes with ${facts.key}=${facts.wanted} (nodeSelector or node affinity), which no node has; ` +
    `${facts.existing.length === 0 ? `no node carries the label ${facts.key} at all` : `nodes have ${facts.key}=${facts.existing.join(', ')}`}.`,
});

/** `free` is null where not all pods were read. */
export type ResourceFacts = { resource: string; requested: string; largest: string; free: string | null };

export const requestTooLarge = defineMechanism<ResourceFacts>({
  id: 'request-exceeds-nodes',
  title: (facts) => `Request of ${facts.requested} ${facts.resource} is larger than any node`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} requests ${facts.requested} ${facts.resource} a pod (Insufficient ${facts.resource}), but the largest node has ${facts.largest} allocatable: it never fits.`,
});

export const clusterFull = defineMechanism<ResourceFacts>({
  id: 'insufficient-resources',
  title: (facts) => `No node has ${facts.requested} ${facts.resource} free`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} requests ${facts.requested} ${facts.resource} a pod (Insufficient ${facts.resource}); the largest node has ${facts.largest} allocatable${facts.free === null ? ', and too little of it is free' : `, and at most ${facts.free} of it is free`}.`,
});

export const schedulingRefused = defineMechanism<{ clauses: string; message: string; demands: readonly string[] }>({
  id: 'scheduling-refused',
  title: (facts) => `No node is eligible: ${facts.clauses}`,
  sentence: (facts, object) =>
    `The scheduler turns down every node for the pods of ${object.kind} ${object.name}: ${facts.message}${facts.demands.length === 0 ? '' : ` The pods demand ${facts.demands.join('; ')}.`}`,
});

export const taintNotTolerated = defineMechanism<{ taints: readonly string[]; nodes: number | null }>({
  id: 'taint-not-tolerated',
  title: (facts) => `Pods do not tolerate ${facts.taints.join(', ')}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} has no toleration for the taints ${facts.taints.join(', ')} of the nodes that would take its pods.`,
});

export const nodesCordoned = defineMechanism<{ node: string }>({
  id: 'nodes-cordoned',
  title: (_facts, object) => `Node ${object.name} is cordoned`,
  sentence: (_facts, object) => `Node ${object.name} is marked unschedulable (cordoned), and no other node takes the pods.`,
});

export const claimMissing = defineMechanism<{ claim: string; referrer: string; meant: string | null }>({
  id: 'claim-missing',
  title: (facts) => `PersistentVolumeClaim ${facts.claim} does not exist`,
  sentence: (facts) =>
    `${facts.referrer} mounts PersistentVolumeClaim ${facts.claim}, which does not exist${facts.meant === null ? '' : `; ${facts.meant} does`}.`,
});

interface Case {
  finding: IdentifiedFinding;
  workload: Workload;
  nodes: readonly Node[];
}

export const schedulingRule = defineRule({
  id,
  explains: [podUnschedulable.code, daemonSetWithoutNodes.code],
  mechanisms: [nodeSelectorUnmet, requestTooLarge, clusterFull, schedulingRefused, taintNotTolerated, nodesCordoned, claimMissing],
  *explain(finding, view): Iterable<Explanation> {
    if (finding.code === daemonSetWithoutNodes.code) return yield* unmetByDaemonSet(finding, view);
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    if (pod === undefined) return;
    const one: Case = { finding, workload: workloadOf(pod, view), nodes: view.list('Node') };
    const clauses = new Set(listFact(finding.facts, 'clauses'));
    if (clauses.has('selector')) yield* unmetSelector(one);
    for (const resource of listFact(finding.facts, 'resources')) yield tooLarge(one, resource, view);
    if (clauses.has('taint')) yield taint(one, view);
    if (clauses.has('cordoned')) yield* cordoned(one, clauses.size === 1);
    yield* claims(one, view);
    yield refused(one, clauses, view);
  },
});

function* unmetByDaemonSet(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const workload = workloadAt(finding.object, view);
  const nodes = view.list('Node');
  if (workload === null) return;
  const labels = nodes.map((node) => node.metadata.labels ?? {});
  yield* unmet({ finding, workload, nodes }, unmetDemands(labelDemands(workload.spec), labels));
}

function* unmetSelector(one: Case): Iterable<Explanation> {
  const { nodes, workload } = one;
  if (nodes.length === 0) return;
  yield* unmet(
    one,
    labelDemands(workload.spec).filter((demand) => !nodes.some((node) => meets(node.metadata.labels ?? {}, demand))),
  );
}

function* unmet({ finding, workload, nodes }: Case, demands: readonly LabelDemand[]): Iterable<Explanation> {
  for (const demand of demands) {
    const existing = valuesOf(nodes, demand);
    const wanted = demand.values.join(', ') || demand.operator;
    const path = `${workload.path}.${demand.path}`;
    const facts = { key: demand.key, wanted, existing, path, nearest: nearMiss(demand.values[0] ?? '', existing) };
    const seen = [
      fieldEvidence(workload.ref, path, `${demand.key}=${wanted}`, { decisive: true }),
      absenceEvidence(workload.ref, existing.length === 0 ? `No node carries the label ${demand.key}` : `Nodes have ${demand.key}=${existing.join(', ')}`),
    ];
    yield endsAt({ rule: id, finding, mechanism: nodeSelectorUnmet, object: workload.ref, facts, strength: 'certain', evidence: seen });
  }
}

function valuesOf(nodes: readonly Node[], demand: LabelDemand): string[] {
  return [...new Set(nodes.flatMap((node) => node.metadata.labels?.[demand.key] ?? []))].toSorted();
}

function tooLarge({ finding, workload, nodes }: Case, resource: string, view: RuleView): Explanation {
  const requested = requestOf(workload.spec, resource);
  const largest = Math.max(0, ...nodes.map((node) => allocatable(node, resource)));
  const free = Math.max(0, ...nodes.map((node) => freeOn(node, resource, view.list('Pod'))));
  const words = (value: number) => formatQuantity(resource, value);
  const facts = { resource, requested: words(requested), largest: words(largest), free: view.scope === null ? words(free) : null };
  const never = nodes.length > 0 && requested > largest;
  const seen = [fieldEvidence(workload.ref, `${workload.path}.containers[].resources.requests.${resource}`, facts.requested, { decisive: true })];
  return endsAt({
    rule: id,
    finding,
    mechanism: never ? requestTooLarge : clusterFull,
    object: workload.ref,
    facts,
    strength: never ? 'certain' : 'likely',
    evidence: seen,
  });
}

function taint({ finding, workload }: Case, view: RuleView): Explanation {
  const taints = listFact(finding.facts, 'taints');
  const facts = { taints: taints.length === 0 ? ['unnamed taints'] : taints, nodes: null };
  return endsAt({ rule: id, finding, mechanism: taintNotTolerated, object: workload.ref, facts, strength: 'likely', via: ownedBy(finding.object, view) });
}

function* cordoned({ finding, nodes }: Case, alone: boolean): Iterable<Explanation> {
  for (const node of nodes.filter((candidate) => candidate.spec?.unschedulable === true)) {
    const ref = refTo('Node', null, node.metadata.name);
    const seen = [fieldEvidence(ref, 'spec.unschedulable', 'true', { decisive: true })];
    yield endsAt({
      rule: id,
      finding,
      mechanism: nodesCordoned,
      object: ref,
      facts: { node: ref.name },
      strength: alone ? 'certain' : 'likely',
      evidence: seen,
    });
  }
}

/** A claim that is pending has findings of its own; one that does not exist is the end, or its near miss is. */
function* claims({ finding, workload }: Case, view: RuleView): Iterable<Explanation> {
  for (const via of view.outgoing(finding.object).filter((edge) => edge.to.kind === 'PersistentVolumeClaim')) {
    for (const cause of view.findingsOn(via.to)) yield upstream(finding, cause, { rule: id, strength: 'certain', via });
    if (!view.isMissing(via.to)) continue;
    const meant = nearMiss(
      via.to.name,
      view.list('PersistentVolumeClaim', via.to.namespace ?? undefined).map((claim) => claim.metadata.name),
    );
    const facts = { claim: via.to.name, referrer: `${workload.ref.kind} ${workload.ref.name}`, meant };
    const absent = absenceEvidence(via.to, `PersistentVolumeClaim ${via.to.name} does not exist`);
    const end = meant === null ? { object: via.to, exists: false, via } : { object: workload.ref };
    yield endsAt({ rule: id, finding, mechanism: claimMissing, facts, strength: 'certain', evidence: [absent], ...end });
  }
}

/** Certain that it is the workload's own demand where one kind of reason turned every node down, and that kind has no rule above. */
function refused({ finding, workload }: Case, clauses: ReadonlySet<string>, view: RuleView): Explanation {
  const ownDemand = ['pod-anti-affinity', 'pod-affinity', 'topology-spread', 'host-port', 'node-name'].filter((clause) => clauses.has(clause));
  const demands = demandsBehind(workload.spec, clauses, podLabelsIn(finding.object.namespace, view));
  const facts = { clauses: [...clauses].join(', '), message: stringFact(finding.facts, 'message') ?? '', demands };
  return endsAt({
    rule: id,
    finding,
    mechanism: schedulingRefused,
    object: workload.ref,
    facts,
    strength: ownDemand.length > 0 ? 'likely' : 'possible',
    via: ownedBy(finding.object, view),
  });
}

function podLabelsIn(namespace: string | null, view: RuleView): Readonly<Record<string, string>>[] {
  return view.list('Pod', namespace ?? undefined).map((pod) => pod.metadata.labels ?? {});
}
