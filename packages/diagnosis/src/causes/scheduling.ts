import { type KindTypes, refTo } from '@quarterdeck/contract';
import { daemonSetWithoutNodes, unmetDemands } from '../analysers/daemonset-placement.ts';
import { podUnschedulable } from '../analysers/pod-scheduling.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { type Workload, workloadAt } from '../pods/workload.ts';
import { type LabelDemand, labelDemands, labelsFit, unmetByAll } from '../scheduling/node-fit.ts';
import { type PendingPod, pendingPod } from '../scheduling/pending-pod.ts';
import { demandsBehind } from '../scheduling/placement-demands.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listFact, ownedBy, stringFact, upstream } from './explain.ts';

const id = 'scheduling';
type Node = KindTypes['Node'];

/** `meantKey` is a label of nodes that is written almost as the one that is asked for. */
export type SelectorFacts = { key: string; wanted: string; existing: readonly string[]; path: string; nearest: string | null; meantKey: string | null };

export const nodeSelectorUnmet = defineMechanism<SelectorFacts>({
  id: 'node-selector-unmet',
  title: (facts) => `No node has ${facts.key}=${facts.wanted}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} demands nodes with ${facts.key}=${facts.wanted} (nodeSelector or node affinity), which no node has; ` +
    `${
      facts.existing.length > 0
        ? `nodes have ${facts.key}=${facts.existing.join(', ')}`
        : `no node carries the label ${facts.key} at all${facts.meantKey === null ? '' : `, they carry ${facts.meantKey}`}`
    }.`,
});

export type CombinationFacts = { demands: readonly string[]; nodes: readonly string[] };

export const nodeSelectorsContradict = defineMechanism<CombinationFacts>({
  id: 'node-selectors-contradict',
  title: (facts) => `No node meets ${facts.demands.join(' and ')} together`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} demands nodes with ${facts.demands.join(' and ')} (nodeSelector and node affinity): each of them is met by some node, but all together by none${facts.nodes.length === 0 ? '' : ` (${facts.nodes.join('; ')})`}.`,
});

export const schedulingRefused = defineMechanism<{ clauses: string; message: string; demands: readonly string[] }>({
  id: 'scheduling-refused',
  title: (facts) => `No node is eligible: ${facts.clauses}`,
  sentence: (facts, object) =>
    `The scheduler turns down every node for the pods of ${object.kind} ${object.name}: ${facts.message}${facts.demands.length === 0 ? '' : ` The pods demand ${facts.demands.join('; ')}.`}`,
});

export const claimMissing = defineMechanism<{ claim: string; referrer: string; meant: string | null }>({
  id: 'claim-missing',
  title: (facts) => `PersistentVolumeClaim ${facts.claim} does not exist`,
  sentence: (facts) =>
    `${facts.referrer} mounts PersistentVolumeClaim ${facts.claim}, which does not exist${facts.meant === null ? '' : `; ${facts.meant} does`}.`,
});

export const schedulingRule = defineRule({
  id,
  explains: [podUnschedulable.code, daemonSetWithoutNodes.code],
  mechanisms: [nodeSelectorUnmet, nodeSelectorsContradict, schedulingRefused, claimMissing],
  *explain(finding, view): Iterable<Explanation> {
    if (finding.code === daemonSetWithoutNodes.code) return yield* unmetByDaemonSet(finding, view);
    const one = pendingPod(finding, view);
    if (one === null) return;
    const clauses = new Set(listFact(finding.facts, 'clauses'));
    if (clauses.has('selector') && one.nodes.length > 0) yield* unmetSelector(one, clauses.size === 1);
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

function* unmetSelector(one: PendingPod, alone: boolean): Iterable<Explanation> {
  const { nodes, workload, spec } = one;
  const labels = nodes.map((node) => node.metadata.labels ?? {});
  const demands = unmetByAll(workload.spec, labels);
  yield* unmet(one, demands);
  if (demands.length === 0 && alone && !nodes.some((node) => labelsFit(spec, node))) yield contradiction(one);
}

type Asking = Pick<PendingPod, 'finding' | 'workload' | 'nodes'>;

function* unmet({ finding, workload, nodes }: Asking, demands: readonly LabelDemand[]): Iterable<Explanation> {
  for (const demand of demands) {
    const existing = valuesOf(nodes, demand);
    const wanted = wantedOf(demand);
    const path = `${workload.path}.${demand.path}`;
    const keys = existing.length > 0 ? [] : nodes.flatMap((node) => Object.keys(node.metadata.labels ?? {}));
    const facts = { key: demand.key, wanted, existing, path, nearest: nearMiss(demand.values[0] ?? '', existing), meantKey: nearMiss(demand.key, keys) };
    const seen = [
      fieldEvidence(workload.ref, path, `${demand.key}=${wanted}`, { decisive: true }),
      absenceEvidence(workload.ref, existing.length === 0 ? `No node carries the label ${demand.key}` : `Nodes have ${demand.key}=${existing.join(', ')}`),
    ];
    yield endsAt({ rule: id, finding, mechanism: nodeSelectorUnmet, object: workload.ref, facts, strength: 'certain', evidence: seen });
  }
}

const mostNodes = 3;

/** Each demand is met somewhere, and no node meets them all. */
function contradiction({ finding, workload, nodes }: Asking): Explanation {
  const demands = labelDemands(workload.spec);
  const keys = [...new Set(demands.map(({ key }) => key))];
  const has = nodes.slice(0, mostNodes).map(({ metadata }) => {
    const labels = keys.flatMap((key) => (metadata.labels?.[key] === undefined ? [] : [`${key}=${metadata.labels[key]}`]));
    return `Node ${metadata.name} has ${labels.join(', ') || 'none of them'}`;
  });
  const words = demands.map((demand) => `${demand.key}=${wantedOf(demand)}`);
  const seen = demands.map((demand) => fieldEvidence(workload.ref, `${workload.path}.${demand.path}`, `${demand.key}=${wantedOf(demand)}`, { decisive: true }));
  const facts = { demands: words, nodes: has };
  return endsAt({ rule: id, finding, mechanism: nodeSelectorsContradict, object: workload.ref, facts, strength: 'certain', evidence: seen });
}

function wantedOf(demand: LabelDemand): string {
  return demand.values.join(', ') || demand.operator;
}

function valuesOf(nodes: readonly Node[], demand: LabelDemand): string[] {
  return [...new Set(nodes.flatMap((node) => node.metadata.labels?.[demand.key] ?? []))].toSorted();
}

/** A claim that is pending has findings of its own; one that does not exist is the end, or its near miss is. */
function* claims({ finding, workload }: { finding: IdentifiedFinding; workload: Workload }, view: RuleView): Iterable<Explanation> {
  for (const via of view.outgoing(finding.object).filter((edge) => edge.to.kind === 'PersistentVolumeClaim')) {
    for (const cause of view.findingsOn(via.to)) yield upstream(finding, cause, { rule: id, strength: 'certain', via });
    if (!view.isMissing(via.to)) continue;
    const meant = nearMiss(
      via.to.name,
      view.list('PersistentVolumeClaim', via.to.namespace ?? undefined).map((claim) => claim.metadata.name),
    );
    const facts = { claim: via.to.name, referrer: `${workload.ref.kind} ${workload.ref.name}`, meant };
    const absent = absenceEvidence(via.to, `PersistentVolumeClaim ${via.to.name} does not exist`);
    const end = meant === null ? { object: refTo('PersistentVolumeClaim', via.to.namespace, via.to.name), exists: false, via } : { object: workload.ref };
    yield endsAt({ rule: id, finding, mechanism: claimMissing, facts, strength: 'certain', evidence: [absent], ...end });
  }
}

/** What stands where no rule knows the scheduler's reason better. */
function refused({ finding, workload, spec }: PendingPod, clauses: ReadonlySet<string>, view: RuleView): Explanation {
  const demands = demandsBehind(spec, clauses, podLabelsIn(finding.object.namespace, view));
  const facts = { clauses: [...clauses].join(', '), message: stringFact(finding.facts, 'message') ?? '', demands };
  const via = ownedBy(finding.object, view);
  return endsAt({ rule: id, finding, mechanism: schedulingRefused, object: workload.ref, facts, strength: 'possible', via });
}

function podLabelsIn(namespace: string | null, view: RuleView): Readonly<Record<string, string>>[] {
  return view.list('Pod', namespace ?? undefined).map((pod) => pod.metadata.labels ?? {});
}
