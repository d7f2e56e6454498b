import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { isLive, type Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { podRef, severityFor, workloadOf } from '../pods/workload.ts';
import { untolerated } from '../scheduling/taints.ts';
import { parseUnschedulable } from '../scheduling/unschedulable-message.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type UnschedulableFacts = {
  message: string;
  clauses: readonly string[];
  resources: readonly string[];
  taints: readonly string[];
  claims: readonly string[];
  totalNodes: number | null;
};

export const podUnschedulable = defineCode<UnschedulableFacts>({
  code: 'pod-unschedulable',
  title: 'Pod cannot be scheduled',
  documentation:
    'The scheduler looked at every node and turned each one down; its reasons stand in the condition PodScheduled. Usual causes: a node selector or affinity that no node meets, requests larger than any node, taints without a toleration, a claim that is not bound.',
  silentWhen: 'The pod has been waiting for less than 20 s, or it waits behind a scheduling gate.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: (facts) => `Pending: the scheduler finds no node. ${facts.message}`,
});

export type NotConsideredFacts = { scheduler: string };

export const podNotConsidered = defineCode<NotConsideredFacts>({
  code: 'pod-not-considered',
  title: 'No scheduler looks at the pod',
  documentation:
    'The pod is Pending and no scheduler ever said anything about it: no condition PodScheduled and no event. Its spec.schedulerName names a scheduler that does not run, or the scheduler itself is down.',
  silentWhen: 'The pod was created a moment ago, or already has a node.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: (facts) => `Pending, and no scheduler has looked at it: spec.schedulerName is ${facts.scheduler}.`,
});

/** `written`: the gates stand in the template itself, so that nobody else put them there. */
export type GatedFacts = { gates: readonly string[]; written: boolean };

export const podGated = defineCode<GatedFacts>({
  code: 'pod-gated',
  title: 'Pod waits at a scheduling gate',
  documentation:
    'The pod carries scheduling gates. Whoever put them there (often a queue such as Kueue) has to remove them before the scheduler looks at the pod.',
  silentWhen: 'The gate is younger than queueing systems need, which set it on purpose.',
  opensAfterSeconds: 300,
  closesAfterSeconds: 10,
  message: (facts) => `Pending behind scheduling gates: ${facts.gates.join(', ')}.`,
});

const patienceMs = 15_000;
const gatedMs = 300_000;

function* analyse(pod: Pod, view: ClusterView): Iterable<RawFinding> {
  if (!isLive(pod) || pod.status?.phase !== 'Pending' || pod.spec?.nodeName !== undefined) return;
  const created = timeOf(pod.metadata.creationTimestamp) ?? view.now;
  const condition = pod.status.conditions?.find((c) => c.type === 'PodScheduled' && c.status === 'False');
  const gates = (pod.spec?.schedulingGates ?? []).map((gate) => gate.name);
  const base = { object: podRef(pod), discriminator: '', severity: severityFor(pod, view) };
  if (gates.length > 0) {
    if (view.passed(created + gatedMs + 1)) yield { ...base, ...gated(pod, gates, view), code: podGated.code, since: created };
  } else if (condition?.reason === 'Unschedulable') {
    yield {
      ...base,
      code: podUnschedulable.code,
      since: timeOf(condition.lastTransitionTime) ?? created,
      ...unschedulable(pod, condition.message ?? '', view),
    };
  } else if (condition === undefined && view.events(base.object).length === 0 && view.passed(created + patienceMs + 1)) {
    const scheduler = pod.spec?.schedulerName ?? 'default-scheduler';
    yield {
      ...base,
      code: podNotConsidered.code,
      since: created,
      facts: { scheduler },
      evidence: [
        fieldEvidence(base.object, 'spec.schedulerName', scheduler, { decisive: true }),
        evidence({ source: 'absence', object: base.object, text: 'No condition PodScheduled and no event: no scheduler has looked at it' }),
      ],
    };
  }
}

/** A queue gates pods on purpose and for long; a gate that stands in the template waits for whoever wrote it. */
function gated(pod: Pod, gates: readonly string[], view: ClusterView): Pick<RawFinding<GatedFacts>, 'facts' | 'evidence' | 'severity'> {
  const template = workloadOf(pod, view);
  const written = (template.spec.schedulingGates ?? []).some(({ name }) => gates.includes(name));
  return {
    severity: written ? 'medium' : 'low',
    facts: { gates, written },
    evidence: [fieldEvidence(podRef(pod), 'spec.schedulingGates', gates.join(', '), { decisive: true })],
  };
}

function unschedulable(pod: Pod, message: string, view: ClusterView): Pick<RawFinding<UnschedulableFacts>, 'facts' | 'evidence'> {
  const object = podRef(pod);
  const { clauses, totalNodes } = parseUnschedulable(message);
  const taints = clauses.flatMap((clause) => (clause.kind === 'taint' ? [clause.taint] : []));
  return {
    facts: {
      message,
      totalNodes,
      clauses: [...new Set(clauses.map((clause) => clause.kind))],
      resources: clauses.flatMap((clause) => (clause.kind === 'insufficient' ? [clause.resource] : [])),
      taints: taints.includes('') ? taintsInTheWay(pod, view) : taints,
      claims: clauses.flatMap((clause) => (clause.kind === 'missing-claim' ? [clause.claim] : [])),
    },
    evidence: [evidence({ source: 'status', object, path: 'status.conditions[PodScheduled].message', value: message, text: message, decisive: true })],
  };
}

/** Newer schedulers do not say which taints they mean. */
function taintsInTheWay(pod: Pod, view: ClusterView): string[] {
  const { spec } = pod;
  const taints = spec === undefined ? [] : view.list('Node').flatMap((node) => (node.spec?.unschedulable === true ? [] : untolerated(spec, node)));
  return [...new Set(taints.map(({ key, value }) => (value === undefined || value === '' ? key : `${key}: ${value}`)))];
}

export const podScheduling = defineAnalyser({
  id: 'pod-scheduling',
  kind: 'Pod',
  reads: ['Event', 'ReplicaSet', 'Job', 'Node'],
  codes: [podUnschedulable, podNotConsidered, podGated],
  analyse,
});
