import { isKind } from '@quarterdeck/contract';
import { type JobOverdueFacts, jobFailed, jobOverdue } from '../analysers/job-outcome.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence, timeOf } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, numberFact, ownedBy, stringFact, upstream } from './explain.ts';

const id = 'job-deadline';

/** `usual` is the longest that a run of the same CronJob took, in seconds; null where none is known. */
export type DeadlineFacts = { job: string; deadline: number; usual: number | null; path: string };

export const jobDeadlineExceeded = defineMechanism<DeadlineFacts>({
  id: 'job-deadline-exceeded',
  title: (facts, object) => `${object.kind} ${object.name} was ended after its deadline of ${facts.deadline} s`,
  sentence: (facts, object) =>
    `Job ${facts.job}${object.kind === 'CronJob' ? ` of CronJob ${object.name}` : ''} was not done after activeDeadlineSeconds ${facts.deadline} and was ended (DeadlineExceeded); its pods are deleted with their logs.${
      facts.usual === null ? '' : ` Earlier runs took up to ${facts.usual} s.`
    } Either the work takes longer than that, or its pods could not begin in time.`,
});

/** A Job that its own deadline ended. */
export const jobRunsLong = defineMechanism<JobOverdueFacts & { job: string }>({
  id: 'job-runs-long',
  title: (facts) => `Job ${facts.job} runs far longer than any before it`,
  sentence: (facts, object) =>
    `Job ${facts.job} of ${object.kind} ${object.name} runs since ${facts.started}, while its last ${facts.runs} runs took at most ${facts.usual} s; nothing that was read says what it waits for, and no activeDeadlineSeconds ends it.`,
});

export const jobDeadlineRule = defineRule({
  id,
  explains: [jobFailed.code, jobOverdue.code],
  mechanisms: [jobDeadlineExceeded, jobRunsLong],
  *explain(finding, view): Iterable<Explanation> {
    if (finding.code === jobOverdue.code) return yield* runsLong(finding, view);
    const job = view.find(finding.object);
    if (stringFact(finding.facts, 'reason') !== 'DeadlineExceeded' || job === undefined || !isKind(job, 'Job')) return;
    const deadline = job.spec?.activeDeadlineSeconds ?? 0;
    const object = view.topOwner(finding.object);
    const path = object.kind === 'CronJob' ? 'spec.jobTemplate.spec.activeDeadlineSeconds' : 'spec.activeDeadlineSeconds';
    const facts = { job: job.metadata.name, deadline, usual: longestRun(finding.object.namespace ?? '', object.name, view), path };
    const seen = [fieldEvidence(object, path, deadline, { decisive: true })];
    yield endsAt({ rule: id, finding, mechanism: jobDeadlineExceeded, object, facts, strength: 'likely', via: ownedBy(finding.object, view), evidence: seen });
  },
});

/** What its pods suffer from explains it; else it stands for itself. */
function* runsLong(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  for (const pod of view.podsOf(finding.object)) {
    for (const cause of view.findingsOn(podRef(pod))) yield upstream(finding, cause, { rule: id, strength: 'certain', via: ownedBy(podRef(pod), view) });
  }
  const { facts: told } = finding;
  const facts = { job: finding.object.name, usual: numberFact(told, 'usual'), runs: numberFact(told, 'runs'), started: stringFact(told, 'started') ?? '' };
  const object = view.topOwner(finding.object);
  yield endsAt({
    rule: id,
    finding,
    mechanism: jobRunsLong,
    object,
    facts,
    strength: 'possible',
    via: ownedBy(finding.object, view),
    evidence: finding.evidence,
  });
}

function longestRun(namespace: string, cronJob: string, view: RuleView): number | null {
  const runs = view.list('Job', namespace).filter(({ metadata }) => metadata.ownerReferences?.some(({ kind, name }) => kind === 'CronJob' && name === cronJob));
  const seconds = runs.flatMap(({ status }) => {
    const [start, end] = [timeOf(status?.startTime), timeOf(status?.completionTime)];
    return start === null || end === null ? [] : [Math.round((end - start) / 1000)];
  });
  return seconds.length === 0 ? null : Math.max(...seconds);
}
