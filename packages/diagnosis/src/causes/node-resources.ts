import { type ObjectRef, parseQuantity, refKey, refLabel, refOf, refTo } from '@quarterdeck/contract';
import { podUnschedulable } from '../analysers/pod-scheduling.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { templateContainer } from '../pods/workload.ts';
import { allocatable, freeOn, podsOn, requestOf } from '../scheduling/node-fit.ts';
import { type PendingPod, pendingPod } from '../scheduling/pending-pod.ts';
import { formatQuantity } from '../scheduling/quantity.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listFact, ownedBy } from './explain.ts';

const id = 'node-resources';

/** `free` and `holder` are null where not all pods were read; `holder` is the other workload that requests most of it. */
export type ResourceFacts = { resource: string; requested: string; largest: string; free: string | null; holder: string | null };

export const requestTooLarge = defineMechanism<ResourceFacts>({
  id: 'request-exceeds-nodes',
  title: (facts) => `Request of ${facts.requested} ${facts.resource} is larger than any node`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} requests ${facts.requested} ${facts.resource} a pod (Insufficient ${facts.resource}), but the largest node that comes into question has ${facts.largest} allocatable: it never fits.`,
});

export const clusterFull = defineMechanism<ResourceFacts>({
  id: 'insufficient-resources',
  title: (facts) => `No node has ${facts.requested} ${facts.resource} free`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} requests ${facts.requested} ${facts.resource} a pod (Insufficient ${facts.resource}); the largest node has ${facts.largest} allocatable` +
    `${facts.free === null ? ', and too little of it is free' : `, and at most ${facts.free} of it is free`}${facts.holder === null ? '' : `; ${facts.holder} requests most of it`}.`,
});

export type NotOfferedFacts = { resource: string; requested: string; meant: string | null; capacity: string | null };

export const resourceNotOffered = defineMechanism<NotOfferedFacts>({
  id: 'resource-not-offered',
  title: (facts) => `No node offers ${facts.resource}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} requests ${facts.requested} ${facts.resource} a pod (Insufficient ${facts.resource}), which no node offers` +
    `${facts.capacity === null ? '' : `: ${facts.capacity}, so the device plugin there reports no healthy device`}${facts.meant === null ? '' : `; nodes offer ${facts.meant}`}.`,
});

export type DefaultRequestFacts = ResourceFacts & { workload: string; container: string };

export const defaultRequestTooLarge = defineMechanism<DefaultRequestFacts>({
  id: 'default-request-exceeds-nodes',
  title: (facts, object) => `LimitRange ${object.name} gives containers a request of ${facts.requested} ${facts.resource}`,
  sentence: (facts, object) =>
    `${facts.workload} requests no ${facts.resource}; LimitRange ${object.name} gave container ${facts.container} its default of ${facts.requested} (Insufficient ${facts.resource}), and the largest node has ${facts.largest} allocatable${facts.free === null ? '' : ` with at most ${facts.free} free`}.`,
});

export type PodsFullFacts = { node: string; capacity: number; pods: number };

export const nodePodsFull = defineMechanism<PodsFullFacts>({
  id: 'node-pods-full',
  title: (facts) => `Node ${facts.node} takes no more than ${facts.capacity} pods`,
  sentence: (facts) =>
    `The scheduler turns node ${facts.node} down (Too many pods): it may hold ${facts.capacity} pods (status.allocatable.pods) and holds ${facts.pods}, whatever CPU and memory are free. Other pods have to go, or the kubelet's maxPods is to be raised.`,
});

/** What the pods request against what the nodes have: too large for every node, full now, or not to be had at all. */
export const nodeResourcesRule = defineRule({
  id,
  explains: [podUnschedulable.code],
  mechanisms: [requestTooLarge, clusterFull, resourceNotOffered, defaultRequestTooLarge, nodePodsFull],
  *explain(finding, view): Iterable<Explanation> {
    const resources = listFact(finding.facts, 'resources');
    const tooMany = listFact(finding.facts, 'clauses').includes('too-many-pods');
    const one = resources.length > 0 || tooMany ? pendingPod(finding, view) : null;
    if (one === null) return;
    for (const resource of resources) yield shortage(one, resource, view);
    if (tooMany) yield* fullNodes(one, view);
  },
});

function shortage(one: PendingPod, resource: string, view: RuleView): Explanation {
  const { finding, workload, candidates } = one;
  const requested = requestOf(one.spec, resource);
  const sizes = candidates.map((node) => allocatable(node, resource));
  const largest = Math.max(0, ...sizes);
  const words = (value: number) => formatQuantity(resource, value);
  if (largest === 0 && candidates.length > 0) return notOffered(one, resource, words(requested));
  const never = candidates.length > 0 && requested > largest;
  const whole = view.scope === null;
  const free = whole ? Math.max(0, ...candidates.map((node) => freeOn(node, resource, view.list('Pod')))) : null;
  const holder = whole && !never ? holderOf(one, resource, view) : null;
  const facts = { resource, requested: words(requested), largest: words(largest), free: free === null ? null : words(free), holder };
  const common = { rule: id, finding, strength: never ? ('certain' as const) : ('likely' as const) };
  const byDefault = defaultRequest(one, resource, view);
  if (byDefault !== null) {
    const named = { ...facts, requested: byDefault.value, workload: `${workload.ref.kind} ${workload.ref.name}`, container: byDefault.container };
    const seen = [fieldEvidence(byDefault.range, byDefault.path, byDefault.value, { decisive: true })];
    return endsAt({ ...common, mechanism: defaultRequestTooLarge, object: byDefault.range, facts: named, evidence: seen });
  }
  const seen = [fieldEvidence(workload.ref, `${workload.path}.containers[].resources.requests.${resource}`, facts.requested, { decisive: true })];
  return endsAt({ ...common, mechanism: never ? requestTooLarge : clusterFull, object: workload.ref, facts, evidence: seen });
}

function notOffered({ finding, workload, nodes }: PendingPod, resource: string, requested: string): Explanation {
  const offered = nodes.flatMap((node) =>
    Object.entries(node.status?.allocatable ?? {}).flatMap(([name, value]) => ((parseQuantity(value) ?? 0) > 0 ? [name] : [])),
  );
  const broken = nodes.find((node) => (parseQuantity(node.status?.capacity?.[resource]) ?? 0) > 0);
  const capacity = broken === undefined ? null : `node ${broken.metadata.name} has capacity ${broken.status?.capacity?.[resource]} and allocatable 0`;
  const facts = { resource, requested, meant: nearMiss(resource, offered), capacity };
  const seen = [
    fieldEvidence(workload.ref, `${workload.path}.containers[].resources.limits.${resource}`, requested, { decisive: true }),
    evidence({ source: 'absence', object: workload.ref, text: `None of ${nodes.length} nodes has ${resource} among status.allocatable`, decisive: true }),
  ];
  return endsAt({ rule: id, finding, mechanism: resourceNotOffered, object: workload.ref, facts, strength: 'certain', evidence: seen });
}

interface DefaultRequest {
  range: ObjectRef;
  path: string;
  value: string;
  container: string;
}

/** A request that the template does not make and a LimitRange gave to the pod. */
function defaultRequest({ pod, spec, workload }: PendingPod, resource: string, view: RuleView): DefaultRequest | null {
  for (const { name, resources } of spec.containers ?? []) {
    const written = templateContainer(workload, name)?.spec.resources;
    const given = resources?.requests?.[resource];
    if (workload.ref.kind === 'Pod' || given === undefined || written?.requests?.[resource] !== undefined || written?.limits?.[resource] !== undefined)
      continue;
    for (const range of view.list('LimitRange', pod.metadata.namespace)) {
      const index = (range.spec?.limits ?? []).findIndex(
        (item) => item.type === 'Container' && isSame(item.defaultRequest?.[resource] ?? item.default?.[resource], given),
      );
      if (index < 0) continue;
      const field = range.spec?.limits[index]?.defaultRequest?.[resource] === undefined ? 'default' : 'defaultRequest';
      return { range: refOf(range), path: `spec.limits[${index}].${field}.${resource}`, value: given, container: name };
    }
  }
  return null;
}

function isSame(a: string | undefined, b: string): boolean {
  return a !== undefined && parseQuantity(a) === parseQuantity(b);
}

/** The workload besides the own one that requests most of what the candidates have, in words; null where none stands out. */
function holderOf({ candidates, workload }: PendingPod, resource: string, view: RuleView): string | null {
  const held = new Map<string, { ref: ObjectRef; sum: number; pods: number }>();
  for (const pod of candidates.flatMap((node) => podsOn(node, view.list('Pod')))) {
    const ref = view.topOwner(refOf(pod));
    const known = held.get(refKey(ref)) ?? { ref, sum: 0, pods: 0 };
    held.set(refKey(ref), { ref, sum: known.sum + (pod.spec === undefined ? 0 : requestOf(pod.spec, resource)), pods: known.pods + 1 });
  }
  held.delete(refKey(workload.ref));
  const all = candidates.reduce((sum, node) => sum + allocatable(node, resource), 0);
  const [most] = [...held.values()].toSorted((a, b) => b.sum - a.sum || (refKey(a.ref) < refKey(b.ref) ? -1 : 1));
  if (most === undefined || most.sum < all / 4) return null;
  return `${refLabel(most.ref)} (${formatQuantity(resource, most.sum)} in ${most.pods} ${most.pods === 1 ? 'pod' : 'pods'})`;
}

function* fullNodes({ finding, candidates }: PendingPod, view: RuleView): Iterable<Explanation> {
  for (const node of candidates) {
    const capacity = allocatable(node, 'pods');
    const held = podsOn(node, view.list('Pod')).length;
    if (view.scope === null && held < capacity) continue;
    const object = refTo('Node', null, node.metadata.name);
    const seen = [fieldEvidence(object, 'status.allocatable.pods', capacity, { decisive: true })];
    const facts = { node: node.metadata.name, capacity, pods: Math.max(held, capacity) };
    yield endsAt({ rule: id, finding, mechanism: nodePodsFull, object, facts, strength: 'likely', via: ownedBy(finding.object, view), evidence: seen });
  }
}
