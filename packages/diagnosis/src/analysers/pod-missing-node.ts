import { refTo } from '@quarterdeck/contract';
import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import { isLive } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { podRef, severityFor, workloadOf } from '../pods/workload.ts';
import { controllerOf } from '../view/ownership.ts';

export type MissingNodeFacts = { node: string; path: string };

export const podOnMissingNode = defineCode<MissingNodeFacts>({
  code: 'pod-on-missing-node',
  title: 'Pod is bound to a node that does not exist',
  documentation:
    'The template sets spec.nodeName, which bypasses the scheduler, to a node that the cluster does not have. No kubelet ever takes the pod; the cluster deletes it after a while and its controller makes the next one, so that the pod is always young.',
  silentWhen: 'A pod was running on a node that has just been removed: its controller replaces it elsewhere.',
  opensAfterSeconds: 5,
  closesAfterSeconds: 60,
  message: (facts) => `Pending: ${facts.path} binds it to node ${facts.node}, which does not exist.`,
});

export const podMissingNode: AnyAnalyser = defineAnalyser({
  id: 'pod-missing-node',
  kind: 'Pod',
  reads: ['Node', 'ReplicaSet', 'Job'],
  codes: [podOnMissingNode],
  *analyse(pod, view) {
    const node = pod.spec?.nodeName;
    if (node === undefined || !isLive(pod) || pod.status?.phase !== 'Pending' || pod.status.startTime !== undefined) return;
    const missing = refTo('Node', null, node);
    const workload = workloadOf(pod, view);
    const unseen = workload.ref.kind === 'Pod' && controllerOf(pod) !== null;
    if (unseen || !view.isMissing(missing) || workload.spec.nodeName !== node) return;
    const object = podRef(pod);
    const path = `${workload.path}.nodeName`;
    yield {
      code: podOnMissingNode.code,
      object,
      discriminator: '',
      severity: severityFor(pod, view),
      since: timeOf(pod.metadata.creationTimestamp),
      facts: { node, path },
      evidence: [fieldEvidence(object, 'spec.nodeName', node, { decisive: true }), absenceEvidence(missing, `Node ${node} does not exist`)],
    };
  },
});
