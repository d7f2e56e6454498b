import type { KindTypes } from '@quarterdeck/contract';
import type { PodSpec } from 'kubernetes-types/core/v1.js';
import type { IdentifiedFinding } from '../model/finding.ts';
import { type Workload, workloadOf } from '../pods/workload.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { candidateNodes } from './node-fit.ts';

type Node = KindTypes['Node'];
type Pod = KindTypes['Pod'];

/** A pod that finds no node, with what a rule judges it by. */
export interface PendingPod {
  finding: IdentifiedFinding;
  pod: Pod;
  /** As admission left it: with defaults and injected containers. */
  spec: PodSpec;
  workload: Workload;
  nodes: readonly Node[];
  /** The nodes that its labels and tolerations leave; all nodes where they leave none, so that the rest can still be judged. */
  candidates: readonly Node[];
}

export function pendingPod(finding: IdentifiedFinding, view: ClusterView): PendingPod | null {
  const pod = view.get('Pod', finding.object.namespace, finding.object.name);
  if (pod?.spec === undefined) return null;
  const nodes = view.list('Node');
  const fitting = candidateNodes(pod.spec, nodes);
  return { finding, pod, spec: pod.spec, workload: workloadOf(pod, view), nodes, candidates: fitting.length > 0 ? fitting : nodes };
}
