import { type KindTypes, refOf } from '@quarterdeck/contract';
import type { NodeCondition } from 'kubernetes-types/core/v1.js';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { isLive } from '../pods/containers.ts';
import { evidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Node = KindTypes['Node'];

export type NodeFacts = { condition: string; status: string; reason: string; message: string; pods: number };

export const nodeNotReady = defineCode<NodeFacts>({
  code: 'node-not-ready',
  title: 'Node is not ready',
  documentation:
    'The kubelet of the node reports that it is not ready (False), or has not reported for some time (Unknown: the machine, its network or its kubelet is down). Its pods are no longer served and are evicted after five minutes.',
  silentWhen: 'The node is younger than five minutes or being deleted; in a run for some namespaces, none of their pods is there.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 30,
  message: ({ status, message, pods }) => `Not ready (${status === 'Unknown' ? 'no report from the kubelet' : message}); ${pods} pods run there.`,
});

export const nodePressure = defineCode<NodeFacts>({
  code: 'node-pressure',
  title: 'Node is short of memory, disk or process ids',
  documentation:
    'The kubelet reports pressure: it evicts pods and the scheduler sends no new ones. The threshold is the kubelet’s own and may be reached before the disk or memory is full.',
  silentWhen: 'The condition is of a type that is not known here: what an unknown type means is its owner’s to say.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 60,
  message: ({ condition, message }) => `${condition}: ${message}`,
});

/** Conditions that mean trouble when True. Types that are not known here are somebody else's and say nothing. */
const pressures = new Set([
  'MemoryPressure',
  'DiskPressure',
  'PIDPressure',
  'NetworkUnavailable',
  'KernelDeadlock',
  'ReadonlyFilesystem',
  'FrequentKubeletRestart',
  'CorruptDockerOverlay2',
]);

export const nodeAnalyser = defineAnalyser({
  id: 'node',
  kind: 'Node',
  reads: ['Pod'],
  codes: [nodeNotReady, nodePressure],
  *analyse(node, view) {
    if (node.metadata.deletionTimestamp !== undefined || (view.scope !== null && podsOn(node, view) === 0)) return;
    for (const condition of node.status?.conditions ?? []) {
      if (condition.type === 'Ready' && condition.status !== 'True' && !isNew(node, view)) yield finding(nodeNotReady.code, 'critical', node, condition, view);
      if (pressures.has(condition.type) && condition.status === 'True') yield finding(nodePressure.code, 'high', node, condition, view);
    }
  },
});

/** A run that is limited to a namespace is told of nodes only where its own pods run there. */
function podsOn(node: Node, view: ClusterView): number {
  return view.list('Pod').filter((pod) => pod.spec?.nodeName === node.metadata.name && isLive(pod)).length;
}

const joiningMs = 300_000;

function isNew(node: Node, view: ClusterView): boolean {
  return view.now - (timeOf(node.metadata.creationTimestamp) ?? 0) < joiningMs;
}

function finding(code: string, severity: 'critical' | 'high', node: Node, condition: NodeCondition, view: ClusterView): RawFinding<NodeFacts> {
  const object = refOf(node);
  const message = condition.message ?? condition.reason ?? 'no message';
  const pods = podsOn(node, view);
  return {
    code,
    object,
    discriminator: condition.type,
    severity,
    since: timeOf(condition.lastTransitionTime),
    facts: { condition: condition.type, status: condition.status, reason: condition.reason ?? '', message, pods },
    evidence: [
      evidence({
        source: 'status',
        object,
        path: `status.conditions[type=${condition.type}]`,
        value: condition.status,
        text: `${condition.type} is ${condition.status}: ${message}`,
        at: condition.lastTransitionTime ?? null,
        decisive: true,
      }),
    ],
  };
}
