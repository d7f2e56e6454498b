import { isKind, type KindTypes, refTo } from '@quarterdeck/contract';
import { cronJobFailsUnseen, cronJobNotRunning, type UnseenFailureFacts } from '../analysers/cronjob-schedule.ts';
import { workloadReplicaFailure } from '../analysers/workload-replica-failure.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, numberFact, stringFact, upstream } from './explain.ts';

const id = 'cronjob-schedule';

export type ScheduleFacts = { schedule: string; timeZone: string | null; message: string };

export const scheduleInvalid = defineMechanism<ScheduleFacts>({
  id: 'cronjob-schedule-invalid',
  title: (facts) => `Schedule ${facts.schedule} never comes`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} never runs: its schedule ${facts.schedule}${facts.timeZone === null ? '' : ` in time zone ${facts.timeZone}`} cannot be used (${facts.message}).`,
});

export const runHangs = defineMechanism<{ job: string; since: string | null }>({
  id: 'cronjob-run-hangs',
  title: (facts) => `Run ${facts.job} does not end and keeps every other from starting`,
  sentence: (facts, object) =>
    `concurrencyPolicy Forbid of ${object.kind} ${object.name} lets no run start while Job ${facts.job} is active${facts.since === null ? '' : ` (since ${facts.since})`}, and it does not end.`,
});

export const runsNotStarted = defineMechanism<{ schedule: string; deadline: number | null; reason: string; message: string }>({
  id: 'cronjob-runs-not-started',
  title: (facts, object) => `${object.kind} ${object.name} does not start its runs: ${facts.reason}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} (schedule ${facts.schedule}, startingDeadlineSeconds ${facts.deadline ?? 'not set'}) does not start its runs: ${facts.message}.`,
});

export const runsFailUnseen = defineMechanism<UnseenFailureFacts>({
  id: 'cronjob-runs-fail-unseen',
  title: (_facts, object) => `Runs of ${object.kind} ${object.name} fail and are thrown away`,
  sentence: (facts, object) =>
    `The run of ${object.kind} ${object.name} at ${facts.lastRun} did not succeed (last success: ${facts.lastSuccess ?? 'never'}), and why cannot be seen: ${
      facts.failedJobsHistoryLimit === 0 ? 'failedJobsHistoryLimit is 0' : `ttlSecondsAfterFinished is ${facts.ttlSecondsAfterFinished}`
    }, so its Job and its log are gone.`,
});

export const cronJobScheduleRule = defineRule({
  id,
  explains: [cronJobNotRunning.code, cronJobFailsUnseen.code],
  mechanisms: [scheduleInvalid, runHangs, runsNotStarted, runsFailUnseen],
  *explain(finding, view): Iterable<Explanation> {
    const cronJob = view.find(finding.object);
    if (cronJob === undefined || !isKind(cronJob, 'CronJob')) return;
    const reason = stringFact(finding.facts, 'reason') ?? '';
    const message = stringFact(finding.facts, 'message') ?? '';
    const schedule = cronJob.spec?.schedule ?? '';
    const common = { rule: id, finding, object: finding.object };
    if (finding.code === cronJobFailsUnseen.code) {
      yield endsAt({ ...common, mechanism: runsFailUnseen, facts: unseenFacts(finding), strength: 'certain', evidence: finding.evidence });
    } else if (/Schedule$|TimeZone$/.test(reason) && reason !== 'MissSchedule') {
      const facts = { schedule, timeZone: cronJob.spec?.timeZone ?? null, message };
      const seen = [fieldEvidence(finding.object, 'spec.schedule', schedule, { decisive: true })];
      yield endsAt({ ...common, mechanism: scheduleInvalid, facts, strength: 'certain', evidence: seen });
    } else if (reason === 'JobAlreadyActive') yield* hangingRun(finding, cronJob, view);
    else {
      const refused = view.findingsOn(finding.object, workloadReplicaFailure.code);
      for (const cause of refused) yield upstream(finding, cause, { rule: id, strength: 'certain' });
      const facts = { schedule, deadline: cronJob.spec?.startingDeadlineSeconds ?? null, reason, message };
      yield endsAt({ ...common, mechanism: runsNotStarted, facts, strength: 'likely' });
    }
  },
});

function unseenFacts({ facts }: IdentifiedFinding): UnseenFailureFacts {
  return {
    lastRun: stringFact(facts, 'lastRun') ?? '',
    lastSuccess: stringFact(facts, 'lastSuccess'),
    failedJobsHistoryLimit: numberFact(facts, 'failedJobsHistoryLimit'),
    ttlSecondsAfterFinished: typeof facts.ttlSecondsAfterFinished === 'number' ? facts.ttlSecondsAfterFinished : null,
  };
}

/** What is known of the pods of the run that hangs explains it; else the run itself stands as the reason. */
function* hangingRun(finding: IdentifiedFinding, cronJob: KindTypes['CronJob'], view: RuleView): Iterable<Explanation> {
  const job = cronJob.status?.active?.[0]?.name;
  if (job === undefined) return;
  const ref = refTo('Job', cronJob.metadata.namespace ?? null, job);
  const pods = view.podsOf(ref).map((pod) => refTo('Pod', pod.metadata.namespace ?? null, pod.metadata.name));
  const causes = [ref, ...pods].flatMap((object) => view.findingsOn(object));
  for (const cause of causes) yield upstream(finding, cause, { rule: id, strength: 'certain', via: view.incoming(ref, 'owns')[0] ?? null });
  const since = view.get('Job', ref.namespace, job)?.status?.startTime ?? null;
  const text = `Job ${job} is active since ${since ?? 'an unknown time'}`;
  const seen = [
    fieldEvidence(finding.object, 'spec.concurrencyPolicy', 'Forbid', { decisive: true }),
    evidence({ source: 'status', object: ref, path: 'status.startTime', value: since, text }),
  ];
  yield endsAt({ rule: id, finding, object: finding.object, mechanism: runHangs, facts: { job, since }, strength: 'likely', evidence: seen });
}
