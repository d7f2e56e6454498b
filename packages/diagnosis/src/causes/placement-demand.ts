import { type KindTypes, refKey } from '@quarterdeck/contract';
import type { PodAffinityTerm, TopologySpreadConstraint } from 'kubernetes-types/core/v1.js';
import { podUnschedulable } from '../analysers/pod-scheduling.ts';
import { selectorMatches } from '../graph/label-selector.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { isLive } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { podRef } from '../pods/workload.ts';
import { labelsFit, podsOn } from '../scheduling/node-fit.ts';
import { type PendingPod, pendingPod } from '../scheduling/pending-pod.ts';
import { labelsOf } from '../scheduling/placement-demands.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listFact, upstream } from './explain.ts';

const id = 'placement-demand';

export type SpreadFacts = {
  key: string;
  maxSkew: number;
  path: string;
  counts: readonly string[];
  domains: number;
  minDomains: number | null;
  meant: string | null;
};

export const spreadUnmet = defineMechanism<SpreadFacts>({
  id: 'topology-spread-unmet',
  title: (facts) => `Pods cannot be spread over ${facts.key}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} demands (${facts.path}) that its pods are spread over ${facts.key} with maxSkew ${facts.maxSkew}` +
    `${
      facts.domains === 0
        ? `, but no node has the label ${facts.key}${facts.meant === null ? '' : ` (nodes have ${facts.meant})`}`
        : facts.minDomains !== null && facts.minDomains > facts.domains
          ? ` over at least ${facts.minDomains} domains, but the nodes make only ${facts.domains} (pods there: ${facts.counts.join(', ')})`
          : `: there are ${facts.counts.join(', ')} of them, and no node of the emptiest domain takes another`
    }.`,
});

export type AffinityFacts = {
  labels: string;
  key: string;
  path: string;
  meant: string | null;
  elsewhere: string | null;
  label: string | null;
  value: string | null;
};

export const podAffinityUnmet = defineMechanism<AffinityFacts>({
  id: 'pod-affinity-unmet',
  title: (facts) => `No pod with ${facts.labels} to stand beside`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} demands (${facts.path}) a pod with ${facts.labels} on the same ${facts.key}, and there is none that runs` +
    `${facts.meant === null ? '' : `; there are pods with ${facts.meant}`}${facts.elsewhere === null ? '' : `; pods with these labels run in namespace ${facts.elsewhere}`}.`,
});

/** What the pod demands of its company: to be spread, or to stand beside other pods. */
export const placementDemandRule = defineRule({
  id,
  explains: [podUnschedulable.code],
  mechanisms: [spreadUnmet, podAffinityUnmet],
  *explain(finding, view): Iterable<Explanation> {
    const clauses = new Set(listFact(finding.facts, 'clauses'));
    const spread = clauses.has('topology-spread') || clauses.has('topology-label');
    const one = spread || clauses.has('pod-affinity') ? pendingPod(finding, view) : null;
    if (one === null) return;
    if (spread) yield* spreads(one, clauses.size === 1, view);
    if (clauses.has('pod-affinity')) yield* affinities(one, view);
  },
});

function* spreads(one: PendingPod, alone: boolean, view: RuleView): Iterable<Explanation> {
  for (const [index, constraint] of (one.spec.topologySpreadConstraints ?? []).entries()) {
    if (constraint.whenUnsatisfiable !== 'DoNotSchedule') continue;
    const path = `${one.workload.path}.topologySpreadConstraints[${index}]`;
    const counts = countsBy(constraint, one, view);
    const keys = one.nodes.flatMap((node) => Object.keys(node.metadata.labels ?? {}));
    const facts = {
      key: constraint.topologyKey,
      maxSkew: constraint.maxSkew,
      path,
      counts: [...counts].map(([domain, count]) => `${domain}: ${count}`),
      domains: counts.size,
      minDomains: constraint.minDomains ?? null,
      meant: counts.size === 0 ? nearMiss(constraint.topologyKey, keys) : null,
    };
    const seen = [fieldEvidence(one.workload.ref, path, `${constraint.topologyKey}, maxSkew ${constraint.maxSkew}`, { decisive: true })];
    const strength = alone ? 'certain' : 'likely';
    yield endsAt({ rule: id, finding: one.finding, mechanism: spreadUnmet, object: one.workload.ref, facts, strength, evidence: seen });
  }
}

/** Matching pods by domain, over the nodes that the pod's labels leave; domains without one are there with 0. */
function countsBy({ topologyKey, labelSelector }: TopologySpreadConstraint, { nodes, spec, pod }: PendingPod, view: RuleView): Map<string, number> {
  const matching = view.list('Pod', pod.metadata.namespace).filter((other) => isLive(other) && selectorMatches(labelSelector, other.metadata.labels));
  const counts = new Map<string, number>();
  for (const node of nodes.filter((candidate) => labelsFit(spec, candidate))) {
    const domain = node.metadata.labels?.[topologyKey];
    if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + podsOn(node, matching).length);
  }
  return counts;
}

const affinityPath = 'affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution';

function* affinities(one: PendingPod, view: RuleView): Iterable<Explanation> {
  const terms = one.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  for (const [index, term] of terms.entries()) {
    const namespace = one.pod.metadata.namespace ?? '';
    const namespaces = term.namespaces ?? [namespace];
    const matching = namespaces
      .flatMap((each) => view.list('Pod', each))
      .filter((pod) => isLive(pod) && selectorMatches(term.labelSelector, pod.metadata.labels));
    for (const cause of matching.flatMap((pod) => view.findingsOn(podRef(pod)))) {
      if (cause.id !== one.finding.id && refKey(view.topOwner(cause.object)) !== refKey(one.workload.ref))
        yield upstream(one.finding, cause, { rule: id, strength: 'likely' });
    }
    if (term.namespaceSelector === undefined && !matching.some((pod) => pod.spec?.nodeName !== undefined))
      yield alone(one, term, `${affinityPath}[${index}]`, view);
  }
}

function alone({ finding, workload, pod }: PendingPod, term: PodAffinityTerm, path: string, view: RuleView): Explanation {
  const namespace = pod.metadata.namespace ?? '';
  const near = nearLabel(term, view.list('Pod', namespace), workload.ref.name);
  const other = view
    .list('Pod')
    .find((each) => each.metadata.namespace !== namespace && isLive(each) && selectorMatches(term.labelSelector, each.metadata.labels));
  const whole = `${workload.path}.${path}`;
  const facts = {
    labels: labelsOf(term),
    key: term.topologyKey,
    path: whole,
    meant: near === null ? null : `${near.label}=${near.value}`,
    elsewhere: other?.metadata.namespace ?? null,
    label: near?.label ?? null,
    value: near?.value ?? null,
  };
  const seen = [
    fieldEvidence(workload.ref, whole, facts.labels, { decisive: true }),
    absenceEvidence(workload.ref, `No pod with ${facts.labels} runs in namespace ${namespace}`),
  ];
  return endsAt({ rule: id, finding, mechanism: podAffinityUnmet, object: workload.ref, facts, strength: 'certain', evidence: seen });
}

/** A label of running pods that is written almost so. */
function nearLabel({ labelSelector }: PodAffinityTerm, pods: readonly KindTypes['Pod'][], own: string): { label: string; value: string } | null {
  for (const [label, value] of Object.entries(labelSelector?.matchLabels ?? {})) {
    const others = pods.filter((pod) => isLive(pod) && pod.spec?.nodeName !== undefined && !pod.metadata.name.startsWith(`${own}-`));
    const meant = nearMiss(
      value,
      others.flatMap((pod) => pod.metadata.labels?.[label] ?? []),
    );
    if (meant !== null) return { label, value: meant };
  }
  return null;
}
