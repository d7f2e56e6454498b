import { type KindTypes, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { eventEvidence, evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { type CronSchedule, everComes, lastDue, nextDue, parseCron, wallClock } from '../schedules/cron.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type CronJob = KindTypes['CronJob'];

export type CronJobFacts = { reason: string; message: string; schedule: string };

export const cronJobNotRunning = defineCode<CronJobFacts>({
  code: 'cronjob-not-running',
  title: 'CronJob does not start its runs',
  documentation:
    'Runs of the CronJob are due and do not start: too many were missed, the schedule cannot be read or never comes, the last run is still active under concurrencyPolicy Forbid, or the controller does not act.',
  silentWhen: 'The CronJob is suspended, which is a choice; a single run was skipped; or the last run takes about as long as those before it took.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 60,
  message: (facts) => `CronJob (${facts.schedule}) does not start its runs. ${facts.reason}: ${facts.message}`,
});

export type UnseenFailureFacts = { lastRun: string; lastSuccess: string | null; failedJobsHistoryLimit: number; ttlSecondsAfterFinished: number | null };

export const cronJobFailsUnseen = defineCode<UnseenFailureFacts>({
  code: 'cronjob-fails-unseen',
  title: 'Runs of the CronJob fail and leave nothing behind',
  documentation:
    'The last run of the CronJob started and did not succeed (lastSuccessfulTime is older than lastScheduleTime), and neither its Job nor its pods are left to look at: failedJobsHistoryLimit is 0, or ttlSecondsAfterFinished is short.',
  silentWhen: 'Failed Jobs are kept, and tell more; or the last run that is over succeeded.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 60,
  message: ({ lastRun, lastSuccess }) => `The run of ${lastRun} did not succeed (last success: ${lastSuccess ?? 'never'}) and its Job is gone.`,
});

const reasons = new Set([
  'FailedNeedsStart',
  'TooManyMissedTimes',
  'MissSchedule',
  'UnparseableSchedule',
  'InvalidSchedule',
  'UnknownTimeZone',
  'JobAlreadyActive',
]);
const recentMs = 30 * 60_000;

function* analyse(cronJob: CronJob, view: ClusterView): Iterable<RawFinding> {
  if (cronJob.spec?.suspend === true || cronJob.metadata.deletionTimestamp !== undefined) return;
  const stopped = neverComes(cronJob) ?? saidByController(cronJob, view) ?? overdue(cronJob, view);
  if (stopped !== null) yield stopped;
  yield* unseenFailure(cronJob, view);
}

function saidByController(cronJob: CronJob, view: ClusterView): RawFinding<CronJobFacts> | null {
  const event = view.events(refOf(cronJob)).find((candidate) => reasons.has(candidate.reason) && !view.passed(candidate.at + recentMs));
  if (event === undefined || (event.reason === 'JobAlreadyActive' && isOrdinarySkip(cronJob, event.count, view))) return null;
  return notRunning(cronJob, event.reason, event.message, event.firstAt, [eventEvidence(event, { decisive: true })]);
}

/** Events are forgotten after an hour; a day that no calendar has is not. */
function neverComes(cronJob: CronJob): RawFinding<CronJobFacts> | null {
  const schedule = parseCron(cronJob.spec?.schedule ?? '');
  const created = timeOf(cronJob.metadata.creationTimestamp) ?? 0;
  if (schedule === null || cronJob.status?.lastScheduleTime !== undefined || everComes(schedule, created)) return null;
  const seen = fieldEvidence(refOf(cronJob), 'spec.schedule', cronJob.spec?.schedule ?? '', { decisive: true });
  return notRunning(cronJob, 'InvalidSchedule', 'no calendar has a day that fits it', created, [seen]);
}

/** The controller looks once a minute at least, and may be restarted in between. */
const graceMs = 5 * 60_000;

/** Two runs in a row were due and did not start. Without a time zone only schedules that every zone reads alike are judged. */
function overdue(cronJob: CronJob, view: ClusterView): RawFinding<CronJobFacts> | null {
  const { lastScheduleTime, active = [] } = cronJob.status ?? {};
  const { schedule: text = '', timeZone } = cronJob.spec ?? {};
  const [schedule, last] = [parseCron(text), timeOf(lastScheduleTime) ?? timeOf(cronJob.metadata.creationTimestamp)];
  if (schedule === null || last === null || active.length > 0 || (timeZone === undefined && schedule.hours.size < 24)) return null;
  const [first, second] = dueAfter(schedule, writtenSince(cronJob, last), timeZone ?? 'UTC');
  if (first === null || second === null || !view.passed(second + graceMs + (timeZone === undefined ? 0 : clockChangeMs))) return null;
  // Where it says that it skips runs, it is at work.
  if (view.events(refOf(cronJob)).some(({ reason, at }) => reason === 'JobAlreadyActive' && !view.passed(at + recentMs))) return null;
  const seen = fieldEvidence(refOf(cronJob), 'status.lastScheduleTime', lastScheduleTime ?? 'never', { decisive: true });
  const message = `a run was due at ${new Date(first).toISOString()} and has not started; the last one was ${lastScheduleTime ?? 'never'}`;
  return notRunning(cronJob, 'Overdue', message, first, [seen]);
}

/** Clocks may be put back in between. */
const clockChangeMs = 3_600_000;

/** The next two runs after a moment. */
function dueAfter(schedule: CronSchedule, since: number, timeZone: string): [number | null, number | null] {
  const offset = (wallClock(since, timeZone) ?? since) - since;
  const first = nextDue(schedule, since + offset);
  const second = first === null ? null : nextDue(schedule, first);
  return [first === null ? null : first - offset, second === null ? null : second - offset];
}

/** A schedule that was changed, or let go on, since its last run is due from then on. */
function writtenSince(cronJob: CronJob, last: number): number {
  const writes = (cronJob.metadata.managedFields ?? []).filter(({ subresource }) => subresource !== 'status').map(({ time }) => timeOf(time) ?? 0);
  return Math.max(last, ...writes);
}

function notRunning(cronJob: CronJob, reason: string, message: string, since: number | null, seen: RawFinding['evidence']): RawFinding<CronJobFacts> {
  const facts = { reason, message, schedule: cronJob.spec?.schedule ?? '' };
  return { code: cronJobNotRunning.code, object: refOf(cronJob), discriminator: '', severity: 'medium', since, facts, evidence: seen };
}

/** Skipping now and then is what Forbid is for, and so is a run that takes about as long as those before it took. */
function isOrdinarySkip(cronJob: CronJob, skipped: number, view: ClusterView): boolean {
  const active = (cronJob.status?.active ?? []).flatMap(({ name }) => view.get('Job', cronJob.metadata.namespace ?? null, name ?? '') ?? []);
  const started = Math.min(...active.map((job) => timeOf(job.status?.startTime) ?? view.now));
  const longest = Math.max(0, ...jobsOf(cronJob, view).map(durationOf));
  if (active.length === 0) return skipped < 3 || cronJob.status?.lastScheduleTime !== undefined;
  return skipped < 3 || view.now - started < longest * 3;
}

function jobsOf(cronJob: CronJob, view: ClusterView): KindTypes['Job'][] {
  return view.list('Job', cronJob.metadata.namespace).filter((job) => job.metadata.ownerReferences?.some(({ uid }) => uid === cronJob.metadata.uid) === true);
}

function durationOf(job: KindTypes['Job']): number {
  const [started, ended] = [timeOf(job.status?.startTime), timeOf(job.status?.completionTime)];
  return started === null || ended === null ? 0 : ended - started;
}

/** Where no event tells that its Job was deleted, the Job of a run that has just begun or ended may only not be seen yet. */
const settlingMs = 120_000;

function* unseenFailure(cronJob: CronJob, view: ClusterView): Iterable<RawFinding<UnseenFailureFacts>> {
  const { lastScheduleTime, lastSuccessfulTime } = cronJob.status ?? {};
  const { failedJobsHistoryLimit: limit = 1, jobTemplate, concurrencyPolicy } = cronJob.spec ?? {};
  const ttl = jobTemplate?.spec?.ttlSecondsAfterFinished ?? null;
  const forgets = limit === 0 || (ttl !== null && ttl < 3600);
  const [run, success] = [lastEndedRun(cronJob), timeOf(lastSuccessfulTime)];
  if (!forgets || lastScheduleTime === undefined || run === null || (success !== null && success >= run)) return;
  if (view.coverage('Job') !== 'read' || jobsOf(cronJob, view).some(({ status }) => status?.conditions?.some(({ type }) => type === 'Failed') === true)) return;
  const object = refOf(cronJob);
  const told = view
    .events(object)
    .find(({ reason, message }) => endedBadly(reason, message) || (reason === 'SuccessfulDelete' && concurrencyPolicy !== 'Replace'));
  if (told === undefined && !view.passed(run + settlingMs)) return;
  yield {
    code: cronJobFailsUnseen.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: run,
    facts: { lastRun: lastScheduleTime, lastSuccess: lastSuccessfulTime ?? null, failedJobsHistoryLimit: limit, ttlSecondsAfterFinished: ttl },
    evidence: [
      fieldEvidence(object, 'status.lastScheduleTime', lastScheduleTime, { decisive: true }),
      fieldEvidence(object, 'status.lastSuccessfulTime', lastSuccessfulTime ?? 'never', { decisive: true }),
      ...(told === undefined ? [evidence({ source: 'absence', object, text: 'No Job of it is left' })] : [eventEvidence(told, { decisive: true })]),
    ],
  };
}

function endedBadly(reason: string, message: string): boolean {
  return reason === 'SawCompletedJob' && /fail/i.test(message);
}

/** When the last run that is over was due: while one is active, the one before it. */
function lastEndedRun(cronJob: CronJob): number | null {
  const last = timeOf(cronJob.status?.lastScheduleTime);
  if (last === null || (cronJob.status?.active ?? []).length === 0) return last;
  const schedule = parseCron(cronJob.spec?.schedule ?? '');
  const created = timeOf(cronJob.metadata.creationTimestamp) ?? 0;
  const before = schedule === null ? null : lastDue(schedule, last - 1);
  return before === null || before < created ? null : before;
}

export const cronJobSchedule = defineAnalyser({
  id: 'cronjob-schedule',
  kind: 'CronJob',
  reads: ['Event', 'Job'],
  codes: [cronJobNotRunning, cronJobFailsUnseen],
  analyse,
});
