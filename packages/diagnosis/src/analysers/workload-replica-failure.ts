import { type BuiltInKind, type KubeObject, refOf } from '@quarterdeck/contract';
import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { eventEvidence, evidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type ReplicaFailureFacts = { reason: string; message: string };

export const workloadReplicaFailure = defineCode<ReplicaFailureFacts>({
  code: 'workload-replica-failure',
  title: 'Controller cannot create pods',
  documentation:
    'The API server refuses the pods that the controller wants to create, so there is no pod to look at: a quota is used up, a ServiceAccount is missing, a webhook or Pod Security refuses the template, a LimitRange contradicts it. The message says which.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 10,
  message: (facts) => `${facts.reason}: pods cannot be created. ${facts.message}`,
});

const recentMs = 10 * 60_000;

/** The condition where the controller keeps one, else its newest event; `wanted` says whether it still lacks pods. */
function* replicaFailure(
  object: KubeObject,
  wanted: boolean,
  condition: { message?: string; lastTransitionTime?: string } | undefined,
  view: ClusterView,
): Iterable<RawFinding> {
  const ref = refOf(object);
  if (!wanted || object.metadata.deletionTimestamp !== undefined) return;
  const event = view.events(ref).find((candidate) => candidate.reason === 'FailedCreate' && view.now - candidate.at < recentMs);
  const message = condition?.message ?? event?.message;
  if (message === undefined) return;
  yield {
    code: workloadReplicaFailure.code,
    object: ref,
    discriminator: '',
    severity: 'high',
    since: timeOf(condition?.lastTransitionTime) ?? event?.firstAt ?? null,
    facts: { reason: 'FailedCreate', message },
    evidence:
      condition === undefined && event !== undefined
        ? [eventEvidence(event, { decisive: true })]
        : [
            evidence({
              source: 'status',
              object: ref,
              path: 'status.conditions[ReplicaFailure].message',
              value: message,
              text: `FailedCreate: ${message}`,
              decisive: true,
            }),
          ],
  };
}

const reads: readonly BuiltInKind[] = ['Event'];
const codes = [workloadReplicaFailure];

export const replicaSetFailure: AnyAnalyser = defineAnalyser({
  id: 'replicaset-failure',
  kind: 'ReplicaSet',
  reads,
  codes,
  analyse: (set, view) =>
    replicaFailure(
      set,
      (set.spec?.replicas ?? 0) > (set.status?.replicas ?? 0),
      set.status?.conditions?.find((condition) => condition.type === 'ReplicaFailure' && condition.status === 'True'),
      view,
    ),
});

export const statefulSetFailure: AnyAnalyser = defineAnalyser({
  id: 'statefulset-failure',
  kind: 'StatefulSet',
  reads,
  codes,
  analyse: (set, view) => replicaFailure(set, (set.spec?.replicas ?? 1) > (set.status?.replicas ?? 0), undefined, view),
});

export const daemonSetFailure: AnyAnalyser = defineAnalyser({
  id: 'daemonset-failure',
  kind: 'DaemonSet',
  reads,
  codes,
  analyse: (set, view) => replicaFailure(set, (set.status?.desiredNumberScheduled ?? 0) > (set.status?.currentNumberScheduled ?? 0), undefined, view),
});

export const jobFailure: AnyAnalyser = defineAnalyser({
  id: 'job-create-failure',
  kind: 'Job',
  reads,
  codes,
  analyse: (job, view) =>
    replicaFailure(job, (job.status?.active ?? 0) === 0 && (job.status?.succeeded ?? 0) === 0 && job.spec?.suspend !== true, undefined, view),
});
