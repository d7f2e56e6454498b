import { refOf } from '@quarterdeck/contract';
import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { containerLog } from '../pods/container-log.ts';
import { containersOf, exitMeaning, isReady, type Pod } from '../pods/containers.ts';
import { evidence, timeOf } from '../pods/evidence.ts';
import { tellingEvidence, tellingLine } from '../pods/telling-facts.ts';
import { podRef } from '../pods/workload.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type PodFailedFacts = { container: string; exitCode: number; reason: string; line: string | null };

export const podFailed = defineCode<PodFailedFacts>({
  code: 'pod-failed',
  title: 'Pod without a controller failed',
  documentation:
    'The pod stands alone (no Deployment, Job or other controller owns it), a container of it ended with an error, and its restart policy starts it no more. Nothing will replace it. Reported for a day.',
  silentWhen: 'A controller made the pod and sees to it, or the pod ended well.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 0,
  message: (facts) =>
    `Pod failed and nothing restarts it: container ${facts.container} exited with code ${facts.exitCode}, ${exitMeaning(facts.exitCode, facts.reason)}.${facts.line === null ? '' : ` Log: ${facts.line}`}`,
});

export type PodRejectedFacts = { reason: string; message: string; node: string | null };

export const podRejected = defineCode<PodRejectedFacts>({
  code: 'pod-rejected',
  title: 'Kubelet refuses the pod',
  documentation:
    'The scheduler placed the pod, but the kubelet of that node would not have it: a sysctl that the node does not allow, resources that are gone in the meantime, a label that no longer matches. Its controller makes a new one, which is often refused again.',
  silentWhen: 'The pod was evicted for want of resources, which has a finding of its own, or its controller has made another.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 60,
  message: (facts) => `Refused by the kubelet of ${facts.node ?? 'its node'} (${facts.reason}): ${facts.message}`,
});

const dayMs = 24 * 3_600_000;
const rejectionIsNewsMs = 15 * 60_000;
/** Ends of a pod that ran, or that its node or a drain brought about: other analysers tell those. */
const notRejections = new Set(['Evicted', 'Shutdown', 'NodeShutdown', 'Terminated', 'Preempting', 'NodeLost', 'DeadlineExceeded']);

function* analyse(pod: Pod, view: ClusterView): Iterable<RawFinding> {
  if (pod.status?.phase !== 'Failed' || pod.metadata.deletionTimestamp !== undefined) return;
  const reason = pod.status.reason;
  if (reason === undefined) yield* failure(pod, view);
  else if (!notRejections.has(reason) && (pod.status.containerStatuses ?? []).every(({ state }) => state?.terminated === undefined)) {
    yield* rejection(pod, reason, view);
  }
}

function* failure(pod: Pod, view: ClusterView): Iterable<RawFinding<PodFailedFacts>> {
  if (pod.metadata.ownerReferences?.some(({ controller }) => controller === true) === true) return;
  const failed = containersOf(pod).find(({ status }) => (status?.state?.terminated?.exitCode ?? 0) !== 0);
  const ended = failed?.status?.state?.terminated;
  const at = timeOf(ended?.finishedAt);
  if (failed === undefined || ended === undefined || at === null || view.passed(at + dayMs + 1)) return;
  const object = podRef(pod);
  const log = containerLog(pod, failed.name, view);
  yield {
    code: podFailed.code,
    object,
    discriminator: failed.name,
    severity: 'medium',
    since: at,
    facts: { container: failed.name, exitCode: ended.exitCode, reason: ended.reason ?? 'Error', line: tellingLine(log) ?? ended.message?.trim() ?? null },
    evidence: [
      evidence({
        source: 'status',
        object,
        container: failed.name,
        path: 'status.containerStatuses[].state.terminated',
        value: String(ended.exitCode),
        text: `Exit code ${ended.exitCode} (${ended.reason ?? 'Error'}), restartPolicy ${pod.spec?.restartPolicy ?? 'Always'}`,
        at: ended.finishedAt ?? null,
      }),
      ...tellingEvidence(log),
    ],
  };
}

/** The newest refusal speaks for its workload, and only while the workload has nothing that runs. */
function* rejection(pod: Pod, reason: string, view: ClusterView): Iterable<RawFinding<PodRejectedFacts>> {
  const at = timeOf(pod.metadata.creationTimestamp);
  if (at === null || view.passed(at + rejectionIsNewsMs + 1)) return;
  const siblings = view.podsOf(view.topOwner(refOf(pod)));
  if (siblings.some((sibling) => isReady(sibling) || isNewerRefusal(sibling, pod))) return;
  const object = podRef(pod);
  const message = pod.status?.message ?? reason;
  yield {
    code: podRejected.code,
    object,
    discriminator: '',
    severity: 'high',
    since: at,
    facts: { reason, message, node: pod.spec?.nodeName ?? null },
    evidence: [evidence({ source: 'status', object, path: 'status.message', value: message, text: `${reason}: ${message}`, decisive: true })],
  };
}

/**
 * The next pod, which nobody has judged yet, says nothing. Timestamps of the API server are of one form, so their texts
 * compare as their times do; names decide within a second.
 */
function isNewerRefusal(a: Pod, b: Pod): boolean {
  if (a.status?.phase !== 'Failed') return false;
  const [left, right] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? ''];
  return left > right || (left === right && a.metadata.name > b.metadata.name);
}

export const podFailure: AnyAnalyser = defineAnalyser({
  id: 'pod-failure',
  kind: 'Pod',
  reads: ['ReplicaSet', 'Job'],
  codes: [podFailed, podRejected],
  analyse,
});
