import { type ObjectRef, refLabel, refOf, sameRef } from '@quarterdeck/contract';
import { podUnschedulable } from '../analysers/pod-scheduling.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import { type PendingPod, pendingPod } from '../scheduling/pending-pod.ts';
import { keptAwayBy, ownersOf, type TakenPlace, takenByAntiAffinity, takenHostPorts } from '../scheduling/placement-holders.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, listFact } from './explain.ts';

const id = 'placement-conflict';

export type ConflictFacts = { demand: string; topologyKey: string; path: string; holders: readonly string[]; places: number; replicas: number };

export const replicasExceedPlaces = defineMechanism<ConflictFacts>({
  id: 'replicas-exceed-places',
  title: (facts) => `${facts.replicas} pods want places of their own and there ${facts.places === 1 ? 'is 1' : `are ${facts.places}`}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} wants ${facts.replicas} pods and demands (${facts.path}) ${demandOf(facts)}, but the nodes that can take them are only ${facts.places} of those places: ${listed(facts.holders)} ${facts.holders.length === 1 ? 'has' : 'have'} ${facts.places === 1 ? 'it' : 'them'}, and no more than ${facts.places} of its pods can run.`,
});

export const rolloutNeedsRoom = defineMechanism<ConflictFacts>({
  id: 'rollout-needs-room',
  title: (_facts, object) => `The rollout of ${object.kind} ${object.name} has no place for a new pod beside the old one`,
  sentence: (facts, object) =>
    `The rollout of ${object.kind} ${object.name} starts a new pod before it ends an old one (maxSurge before maxUnavailable), but its pods demand (${facts.path}) ${demandOf(facts)}, and the old ${facts.holders.length === 1 ? 'pod' : 'pods'} ${listed(facts.holders)} ${facts.holders.length === 1 ? 'has' : 'have'} every place: neither gives way.`,
});

export const placeTaken = defineMechanism<ConflictFacts & { owners: readonly string[] }>({
  id: 'place-taken',
  title: (facts) => `${facts.demand.startsWith('host port') ? `H${facts.demand.slice(1)} is taken` : 'Every place is taken'} by ${listed(facts.owners)}`,
  sentence: (facts, object) =>
    `Pods of ${object.kind} ${object.name} demand (${facts.path}) ${demandOf(facts)}, and on every node that could take them stands ${listed(facts.holders)} of ${listed(facts.owners)}.`,
});

export const keptAway = defineMechanism<ConflictFacts & { pending: string }>({
  id: 'kept-away-by-anti-affinity',
  title: (facts, object) => `Anti-affinity of ${object.kind} ${object.name} keeps ${facts.pending} away`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} demands that ${facts.demand} (required pod anti-affinity), and its ${listed(facts.holders)} ${facts.holders.length === 1 ? 'stands' : 'stand'} on every node that could take the pods of ${facts.pending}.`,
});

function demandOf({ demand }: ConflictFacts): string {
  return demand.startsWith('host port') ? `${demand}, which only one pod a node can have` : `that ${demand}`;
}

/** Places that only one pod can have: host ports, and required pod anti-affinity, the own one and that of others. */
export const placementConflictRule = defineRule({
  id,
  explains: [podUnschedulable.code],
  mechanisms: [replicasExceedPlaces, rolloutNeedsRoom, placeTaken, keptAway],
  *explain(finding, view): Iterable<Explanation> {
    const clauses = listFact(finding.facts, 'clauses');
    const [ports, own, others] = [clauses.includes('host-port'), clauses.includes('pod-anti-affinity'), clauses.includes('existing-anti-affinity')];
    const one = ports || own || others ? pendingPod(finding, view) : null;
    if (one === null) return;
    for (const place of ports ? takenHostPorts(one, view) : []) yield conflict(one, place, view);
    for (const place of own ? takenByAntiAffinity(one, view) : []) yield conflict(one, place, view);
    if (others) yield* byOthers(one, keptAwayBy(one, view), view);
  },
});

function conflict(one: PendingPod, place: TakenPlace, view: RuleView): Explanation {
  const { finding, workload } = one;
  const owners = ownersOf(place.holders, view);
  const path = `${workload.path}.${place.path}`;
  const facts = {
    demand: place.demand,
    topologyKey: place.topologyKey,
    path,
    holders: namesOf(place),
    places: place.places,
    replicas: replicasOf(workload.ref, view),
  };
  const seen = [fieldEvidence(workload.ref, path, place.demand, { decisive: true }), ...holderEvidence(place)];
  const common = { rule: id, finding, object: workload.ref, strength: 'certain' as const, evidence: seen };
  if (!owners.every((owner) => sameRef(owner, workload.ref))) {
    return endsAt({ ...common, mechanism: placeTaken, facts: { ...facts, owners: owners.map((owner) => refLabel({ ...owner, namespace: null })) } });
  }
  const mechanism = facts.replicas <= place.places && workload.ref.kind === 'Deployment' ? rolloutNeedsRoom : replicasExceedPlaces;
  return endsAt({ ...common, mechanism, facts });
}

/** One explanation for each workload that keeps the pod away. */
function* byOthers({ finding, workload }: PendingPod, places: readonly TakenPlace[], view: RuleView): Iterable<Explanation> {
  for (const owner of ownersOf(
    places.flatMap(({ holders }) => holders),
    view,
  )) {
    const own = places.filter(({ holders }) => holders.some((pod) => sameRef(view.topOwner(podRef(pod)), owner)));
    const [first] = own;
    if (first === undefined) continue;
    const holders = own.flatMap(namesOf);
    const facts = {
      demand: first.demand,
      topologyKey: first.topologyKey,
      path: first.path,
      holders,
      places: first.places,
      replicas: replicasOf(workload.ref, view),
    };
    const pending = refLabel({ ...workload.ref, namespace: null });
    yield endsAt({
      rule: id,
      finding,
      mechanism: keptAway,
      object: owner,
      facts: { ...facts, pending },
      strength: 'likely',
      evidence: own.flatMap(holderEvidence),
    });
  }
}

function namesOf({ holders }: TakenPlace): string[] {
  const names = holders.map(({ metadata }) => `Pod ${metadata.name}`);
  return names.length <= 3 ? names : [...names.slice(0, 3), `${names.length - 3} more`];
}

function holderEvidence({ holders, path }: TakenPlace) {
  return holders.slice(0, 2).map((pod) => {
    const text = `${refLabel(refOf(pod))} stands on node ${pod.spec?.nodeName}`;
    return evidence({ source: 'spec', object: podRef(pod), path: `spec.${path}`, text, value: pod.spec?.nodeName ?? null });
  });
}

/** How many pods a workload wants. */
function replicasOf(ref: ObjectRef, view: RuleView): number {
  const replicas = view.get('Deployment', ref.namespace, ref.name)?.spec?.replicas ?? 1;
  if (ref.kind === 'Deployment') return replicas;
  return ref.kind === 'StatefulSet' ? (view.get('StatefulSet', ref.namespace, ref.name)?.spec?.replicas ?? 1) : view.podsOf(ref).length;
}
