import { type KindTypes, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { eventEvidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type CronJobFacts = { reason: string; message: string; schedule: string };

export const cronJobNotRunning = defineCode<CronJobFacts>({
  code: 'cronjob-not-running',
  title: 'CronJob does not start its runs',
  documentation:
    'The controller says that it cannot start runs of the CronJob: too many were missed, the schedule cannot be read, the last run or the last run is still active under concurrencyPolicy Forbid. A suspended CronJob is a choice and not reported.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 60,
  message: (facts) => `CronJob (${facts.schedule}) does not start its runs. ${facts.reason}: ${facts.message}`,
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

function* analyse(cronJob: KindTypes['CronJob'], view: ClusterView): Iterable<RawFinding> {
  if (cronJob.spec?.suspend === true || cronJob.metadata.deletionTimestamp !== undefined) return;
  const object = refOf(cronJob);
  const event = view.events(object).find((candidate) => reasons.has(candidate.reason) && view.now - candidate.at < recentMs);
  if (event === undefined || (event.reason === 'JobAlreadyActive' && isOrdinarySkip(cronJob, event.count, view))) return;
  yield {
    code: cronJobNotRunning.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: event.firstAt,
    facts: { reason: event.reason, message: event.message, schedule: cronJob.spec?.schedule ?? '' },
    evidence: [eventEvidence(event, { decisive: true })],
  };
}

/** Skipping now and then is what Forbid is for, and so is a run that takes about as long as those before it took. */
function isOrdinarySkip(cronJob: KindTypes['CronJob'], skipped: number, view: ClusterView): boolean {
  const active = (cronJob.status?.active ?? []).flatMap(({ name }) => view.get('Job', cronJob.metadata.namespace ?? null, name ?? '') ?? []);
  const started = Math.min(...active.map((job) => timeOf(job.status?.startTime) ?? view.now));
  const longest = Math.max(0, ...jobsOf(cronJob, view).map(durationOf));
  if (active.length === 0) return skipped < 3 || cronJob.status?.lastScheduleTime !== undefined;
  return skipped < 3 || view.now - started < longest * 3;
}

function jobsOf(cronJob: KindTypes['CronJob'], view: ClusterView): KindTypes['Job'][] {
  return view.list('Job', cronJob.metadata.namespace).filter((job) => job.metadata.ownerReferences?.some(({ uid }) => uid === cronJob.metadata.uid) === true);
}

function durationOf(job: KindTypes['Job']): number {
  const [started, ended] = [timeOf(job.status?.startTime), timeOf(job.status?.completionTime)];
  return started === null || ended === null ? 0 : ended - started;
}

export const cronJobSchedule = defineAnalyser({ id: 'cronjob-schedule', kind: 'CronJob', reads: ['Event', 'Job'], codes: [cronJobNotRunning], analyse });
