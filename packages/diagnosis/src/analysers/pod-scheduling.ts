import type { ObjectRef } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { isLive, type Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { podRef, severityFor } from '../pods/workload.ts';
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
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: (facts) => `Pending, and no scheduler has looked at it: spec.schedulerName is ${facts.scheduler}.`,
});

export type GatedFacts = { gates: readonly string[] };

export const podGated = defineCode<GatedFacts>({
  code: 'pod-gated',
  title: 'Pod waits at a scheduling gate',
  documentation:
    'The pod carries scheduling gates. Whoever put them there (often a queue such as Kueue) has to remove them before the scheduler looks at the pod.',
  opensAfterSeconds: 300,
  closesAfterSeconds: 10,
  message: (facts) => `Pending behind scheduling gates: ${facts.gates.join(', ')}.`,
});

const patienceMs = 15_000;

function* analyse(pod: Pod, view: ClusterView): Iterable<RawFinding> {
  if (!isLive(pod) || pod.status?.phase !== 'Pending' || pod.spec?.nodeName !== undefined) return;
  const created = timeOf(pod.metadata.creationTimestamp) ?? view.now;
  const condition = pod.status.conditions?.find((c) => c.type === 'PodScheduled' && c.status === 'False');
  const gates = (pod.spec?.schedulingGates ?? []).map((gate) => gate.name);
  const base = { object: podRef(pod), discriminator: '', severity: severityFor(pod, view) };
  if (gates.length > 0) {
    if (view.now - created > 300_000)
      yield { ...base, code: podGated.code, severity: 'low', since: created, facts: { gates }, evidence: [gateEvidence(base.object, gates)] };
  } else if (condition?.reason === 'Unschedulable') {
    yield {
      ...base,
      code: podUnschedulable.code,
      since: timeOf(condition.lastTransitionTime) ?? created,
      ...unschedulable(base.object, condition.message ?? ''),
    };
  } else if (condition === undefined && view.events(base.object).length === 0 && view.now - created > patienceMs) {
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

function gateEvidence(object: ObjectRef, gates: readonly string[]) {
  return fieldEvidence(object, 'spec.schedulingGates', gates.join(', '));
}

function unschedulable(object: ObjectRef, message: string): Pick<RawFinding<UnschedulableFacts>, 'facts' | 'evidence'> {
  const { clauses, totalNodes } = parseUnschedulable(message);
  return {
    facts: {
      message,
      totalNodes,
      clauses: [...new Set(clauses.map((clause) => clause.kind))],
      resources: clauses.flatMap((clause) => (clause.kind === 'insufficient' ? [clause.resource] : [])),
      taints: clauses.flatMap((clause) => (clause.kind === 'taint' ? [clause.taint] : [])),
      claims: clauses.flatMap((clause) => (clause.kind === 'missing-claim' ? [clause.claim] : [])),
    },
    evidence: [evidence({ source: 'status', object, path: 'status.conditions[PodScheduled].message', value: message, text: message, decisive: true })],
  };
}

export const podScheduling = defineAnalyser({
  id: 'pod-scheduling',
  kind: 'Pod',
  reads: ['Event', 'ReplicaSet', 'Job'],
  codes: [podUnschedulable, podNotConsidered, podGated],
  analyse,
});
