import { type BuiltInKind, type KindTypes, type KubeObject, refOf } from '@quarterdeck/contract';
import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { eventEvidence, evidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type ReplicaFailureFacts = { reason: string; message: string };

/** What a controller makes, where it is not pods. */
const made: Readonly<Record<string, string>> = { Deployment: 'its ReplicaSet', CronJob: 'its Jobs' };

export const workloadReplicaFailure = defineCode<ReplicaFailureFacts>({
  code: 'workload-replica-failure',
  title: 'Controller cannot create its pods',
  documentation:
    'The API server refuses the pods that the controller wants to create, so there is no pod to look at: a quota is used up, a ServiceAccount is missing, a webhook or Pod Security refuses the template, a LimitRange contradicts it. The same goes for the ReplicaSet of a Deployment, the claims of a StatefulSet and the Jobs of a CronJob. The message says which.',
  silentWhen: 'The controller has all its pods again, or its namespace or itself is being deleted.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 10,
  message: (facts, object) => `${facts.reason}: ${made[object.kind] ?? 'pods'} cannot be created. ${facts.message}`,
});

const recentMs = 10 * 60_000;
/** A CronJob says so once a run. */
const lastRunMs = 45 * 60_000;

/** What a namespace that is being deleted refuses needs no word of its own. */
const namespaceEnds = /because it is being terminated/;
const refusals = new Set(['FailedCreate', 'ReplicaSetCreateError']);

/** The condition where the controller keeps one, else its newest event; `wanted` says whether it still lacks pods. */
function* replicaFailure(
  object: KubeObject,
  wanted: boolean,
  condition: { message?: string; lastTransitionTime?: string } | undefined,
  view: ClusterView,
): Iterable<RawFinding> {
  const ref = refOf(object);
  if (!wanted || object.metadata.deletionTimestamp !== undefined) return;
  const patience = object.kind === 'CronJob' ? lastRunMs : recentMs;
  const event = view.events(ref).find((candidate) => refusals.has(candidate.reason) && !view.passed(candidate.at + patience));
  const message = condition?.message ?? event?.message;
  if (message === undefined || namespaceEnds.test(message)) return;
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

/** A Deployment whose ReplicaSet is refused has no ReplicaSet that could tell. */
export const deploymentFailure: AnyAnalyser = defineAnalyser({
  id: 'deployment-failure',
  kind: 'Deployment',
  reads,
  codes,
  *analyse(deployment, view) {
    const refused = deployment.status?.conditions?.find(
      ({ type, status, reason }) => type === 'Progressing' && status === 'False' && refusals.has(reason ?? ''),
    );
    if (refused !== undefined) yield* replicaFailure(deployment, (deployment.spec?.replicas ?? 1) > 0, refused, view);
  },
});

export const cronJobFailure: AnyAnalyser = defineAnalyser({
  id: 'cronjob-create-failure',
  kind: 'CronJob',
  reads,
  codes,
  analyse: (cronJob, view) => replicaFailure(cronJob, cronJob.spec?.suspend !== true && !ranSince(cronJob, view), undefined, view),
});

/** Whether a run started after the last one that was refused. */
function ranSince(cronJob: KindTypes['CronJob'], view: ClusterView): boolean {
  const refused = view.events(refOf(cronJob)).find(({ reason }) => refusals.has(reason));
  return refused !== undefined && (timeOf(cronJob.status?.lastScheduleTime) ?? 0) > refused.at;
}

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
