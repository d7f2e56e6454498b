import { type KindTypes, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { eventEvidence } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type CronJobFacts = { reason: string; message: string; schedule: string };

export const cronJobNotRunning = defineCode<CronJobFacts>({
  code: 'cronjob-not-running',
  title: 'CronJob does not start its runs',
  documentation:
    'The controller says that it cannot start runs of the CronJob: too many were missed, the schedule cannot be read, the last run is still active under concurrencyPolicy Forbid, or the Job is refused. A suspended CronJob is a choice and not reported.',
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
  'FailedCreate',
  'JobAlreadyActive',
]);
const recentMs = 30 * 60_000;

function* analyse(cronJob: KindTypes['CronJob'], view: ClusterView): Iterable<RawFinding> {
  if (cronJob.spec?.suspend === true || cronJob.metadata.deletionTimestamp !== undefined) return;
  const object = refOf(cronJob);
  const event = view.events(object).find((candidate) => reasons.has(candidate.reason) && view.now - candidate.at < recentMs);
  // One skipped run under Forbid is what Forbid is for.
  if (event === undefined || (event.reason === 'JobAlreadyActive' && event.count < 3)) return;
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

export const cronJobSchedule = defineAnalyser({ id: 'cronjob-schedule', kind: 'CronJob', reads: ['Event'], codes: [cronJobNotRunning], analyse });
