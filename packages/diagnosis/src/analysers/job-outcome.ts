import { type KindTypes, refOf, refTo } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { containerLog, failedContainerOf, failedPodsOf } from '../pods/container-log.ts';
import { containersOf, isReady, lastExit, type Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { tellingEvidence, tellingLine } from '../pods/telling-facts.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Job = KindTypes['Job'];

export type JobFailedFacts = { reason: string; message: string; exitCode: number | null; line: string | null };

/** The reason of a Job that has not given up yet. */
export const retrying = 'Retrying';

export const jobFailed = defineCode<JobFailedFacts>({
  code: 'job-failed',
  title: 'Job failed',
  documentation:
    'The Job gave up, or is about to: its pods failed more often than backoffLimit allows, it ran longer than activeDeadlineSeconds, a failure policy ended it, indexes of it failed, or its pods fail again and again while it still tries (Retrying).',
  silentWhen:
    'A later run of the same CronJob succeeded, another pod of the Job is at work longer than the failed ones were, or the failure is more than a day old.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 0,
  message: (facts) =>
    `${facts.reason === retrying ? 'Job keeps failing' : `Job failed (${facts.reason})`}: ${facts.message}${facts.line === null ? '' : `. Log: ${facts.line}`}`,
});

export type JobBlockedFacts = { done: readonly string[]; running: readonly string[] };

export const jobNotEnding = defineCode<JobBlockedFacts>({
  code: 'job-not-ending',
  title: 'Job cannot end',
  documentation:
    'The work of the Job is done, but another container of its pod goes on running, so the pod never completes. Helpers belong among the init containers with restartPolicy Always.',
  silentWhen: 'The Job is suspended, or is within its deadline and the usual length of its runs.',
  opensAfterSeconds: 120,
  closesAfterSeconds: 0,
  message: (facts) => `Container ${facts.done.join(', ')} has completed, but ${facts.running.join(', ')} runs on, so the Job never ends.`,
});

export type JobOverdueFacts = { usual: number; runs: number; started: string };

export const jobOverdue = defineCode<JobOverdueFacts>({
  code: 'job-overdue',
  title: 'Job runs far longer than those before it',
  documentation:
    'The Job of a CronJob is still running after ten times as long as any of the last runs took, and nothing ends it (no activeDeadlineSeconds). Usually it waits for something that never comes.',
  silentWhen: 'Fewer than three earlier runs succeeded, or the run is within ten minutes of the longest of them.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 0,
  message: ({ usual, runs, started }) => `Runs since ${started}; the last ${runs} runs took at most ${usual} s.`,
});

const dayMs = 24 * 3_600_000;
const blockedMs = 2 * 60_000;

function* analyse(job: Job, view: ClusterView): Iterable<RawFinding> {
  if (job.metadata.deletionTimestamp !== undefined) return;
  const failed = job.status?.conditions?.find((condition) => condition.type === 'Failed' && condition.status === 'True');
  if (failed !== undefined) {
    const since = timeOf(failed.lastTransitionTime);
    if ((since === null || !view.passed(since + dayMs)) && !wasMadeGood(job, view)) yield failure(job, failed, view);
    return;
  }
  const tries = stillTrying(job, view);
  if (tries !== null && !wasMadeGood(job, view)) yield failure(job, tries, view);
  const late = overdue(job, view);
  if (late !== null) yield late;
  for (const pod of view.podsOf(refOf(job))) {
    const blocked = notEnding(job, pod, view);
    if (blocked !== null) yield blocked;
  }
}

const farLonger = 10;
const leastLateMs = 600_000;

function overdue(job: Job, view: ClusterView): RawFinding<JobOverdueFacts> | null {
  const { active = 0, startTime } = job.status ?? {};
  const owner = job.metadata.ownerReferences?.find((reference) => reference.kind === 'CronJob');
  const started = timeOf(startTime);
  if (owner === undefined || active === 0 || started === null || startTime === undefined || job.spec?.activeDeadlineSeconds !== undefined) return null;
  const siblings = view.list('Job', job.metadata.namespace).filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === owner.uid) === true);
  const durations = siblings.flatMap(({ status }) => {
    const [begun, ended] = [timeOf(status?.startTime), timeOf(status?.completionTime)];
    return begun === null || ended === null ? [] : [ended - begun];
  });
  const longest = Math.max(0, ...durations);
  if (durations.length < 3 || !view.passed(started + Math.max(longest * farLonger, longest + leastLateMs))) return null;
  const object = refOf(job);
  const facts = { usual: Math.round(longest / 1000), runs: durations.length, started: startTime };
  const seen = fieldEvidence(object, 'status.startTime', startTime, { decisive: true });
  return { code: jobOverdue.code, object, discriminator: '', severity: 'medium', since: started, facts, evidence: [seen] };
}

/** Two pods failed and nothing is better since: what the Job's last condition will say, before it says so. */
function stillTrying(job: Job, view: ClusterView): { reason: string; message: string; lastTransitionTime?: string } | null {
  const { failed = 0, succeeded = 0, conditions, startTime } = job.status ?? {};
  const over = conditions?.some(({ type, status }) => status === 'True' && type !== 'FailureTarget');
  if (failed < 2 || succeeded > 0 || over === true || job.spec?.suspend === true) return null;
  const failures = failedPodsOf(job.metadata.namespace ?? null, job.metadata.name, view);
  const longest = Math.max(0, ...failures.map((pod) => lifeOf(pod)));
  const atWork = view.podsOf(refOf(job)).some((pod) => pod.status?.phase === 'Running' && isReady(pod) && hasRun(pod, Math.max(30_000, longest * 3), view));
  if (failures.length === 0 || atWork) return null;
  const limit =
    job.spec?.backoffLimitPerIndex === undefined ? `backoffLimit ${job.spec?.backoffLimit ?? 6}` : `backoffLimitPerIndex ${job.spec.backoffLimitPerIndex}`;
  const message = `${failed} pods have failed (${limit}), none succeeded`;
  return startTime === undefined ? { reason: retrying, message } : { reason: retrying, message, lastTransitionTime: startTime };
}

/** How long a pod that failed had run, in milliseconds. */
function lifeOf(pod: Pod): number {
  const ends = containersOf(pod).map(({ status }) => timeOf(status === undefined ? null : lastExit(status)?.finishedAt) ?? 0);
  return Math.max(0, Math.max(0, ...ends) - (timeOf(pod.status?.startTime) ?? 0));
}

function hasRun(pod: Pod, forMs: number, view: ClusterView): boolean {
  const started = timeOf(pod.status?.startTime);
  return started !== null && view.passed(started + forMs);
}

/** Whether a later run of the same CronJob succeeded or is still under way. */
function wasMadeGood(job: Job, view: ClusterView): boolean {
  const owner = job.metadata.ownerReferences?.find((reference) => reference.kind === 'CronJob');
  if (owner === undefined) return false;
  const started = timeOf(job.status?.startTime) ?? timeOf(job.metadata.creationTimestamp) ?? 0;
  const cronJob = view.get('CronJob', job.metadata.namespace ?? null, owner.name);
  const lastSuccess = timeOf(cronJob?.status?.lastSuccessfulTime);
  if (lastSuccess !== null && lastSuccess > started) return true;
  const later = view
    .list('Job', job.metadata.namespace)
    .filter((other) => other.metadata.ownerReferences?.some((reference) => reference.uid === owner.uid) && (timeOf(other.status?.startTime) ?? 0) > started);
  return later.some((other) => (other.status?.succeeded ?? 0) > 0 || other.status?.conditions?.some((condition) => condition.type === 'Failed') === true);
}

function failure(job: Job, condition: { reason?: string; message?: string; lastTransitionTime?: string }, view: ClusterView): RawFinding<JobFailedFacts> {
  const object = refOf(job);
  const pod = failedPodsOf(job.metadata.namespace ?? null, job.metadata.name, view)[0];
  const container = pod === undefined ? null : failedContainerOf(pod);
  const log = pod === undefined || container === null ? null : containerLog(pod, container, view);
  const status = pod === undefined ? undefined : containersOf(pod).find((candidate) => candidate.name === container)?.status;
  const exitCode = status === undefined ? null : (lastExit(status)?.exitCode ?? null);
  const reason = condition.reason ?? 'Failed';
  return {
    code: jobFailed.code,
    object,
    discriminator: '',
    severity: 'high',
    since: timeOf(job.status?.startTime) ?? timeOf(condition.lastTransitionTime),
    facts: { reason, message: `${condition.message ?? ''}${indexesOf(job)}`, exitCode, line: tellingLine(log) },
    evidence: [
      fieldEvidence(object, 'status.conditions[Failed].reason', reason, { text: `${reason}: ${condition.message ?? ''}` }),
      ...(exitCode === null || pod === undefined
        ? []
        : [
            evidence({
              source: 'status',
              object: refTo('Pod', pod.metadata.namespace ?? null, pod.metadata.name),
              container,
              value: String(exitCode),
              text: `Pod ${pod.metadata.name} exited with code ${exitCode}`,
            }),
          ]),
      ...tellingEvidence(log),
    ],
  };
}

/** `; failed indexes: 1,3` of an indexed Job. */
function indexesOf(job: Job): string {
  const indexes = job.status?.failedIndexes;
  return indexes === undefined || indexes === '' ? '' : `; failed indexes: ${indexes}`;
}

function notEnding(job: Job, pod: Pod, view: ClusterView): RawFinding<JobBlockedFacts> | null {
  const containers = containersOf(pod).filter((container) => container.path.startsWith('containers'));
  const done = containers.filter((container) => container.status?.state?.terminated?.exitCode === 0);
  const running = containers.filter((container) => container.status?.state?.running !== undefined);
  const ended = Math.max(0, ...done.map((container) => timeOf(container.status?.state?.terminated?.finishedAt) ?? 0));
  if (done.length === 0 || running.length === 0 || done.length + running.length < containers.length || !view.passed(ended + blockedMs)) return null;
  const object = refOf(job);
  const names = { done: done.map((container) => container.name), running: running.map((container) => container.name) };
  const text = `${names.done.join(', ')} completed, ${names.running.join(', ')} still running`;
  return {
    code: jobNotEnding.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: ended,
    facts: names,
    evidence: [evidence({ source: 'status', object: refOf(pod), text, decisive: true })],
  };
}

export const jobOutcome = defineAnalyser({
  id: 'job-outcome',
  kind: 'Job',
  reads: ['Pod', 'CronJob', 'Job'],
  codes: [jobFailed, jobNotEnding, jobOverdue],
  analyse,
});
