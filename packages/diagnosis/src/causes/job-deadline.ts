import { isKind } from '@quarterdeck/contract';
import { jobFailed } from '../analysers/job-outcome.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence, timeOf } from '../pods/evidence.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';

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
export const jobDeadlineRule = defineRule({
  id,
  explains: [jobFailed.code],
  mechanisms: [jobDeadlineExceeded],
  *explain(finding, view): Iterable<Explanation> {
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

function longestRun(namespace: string, cronJob: string, view: RuleView): number | null {
  const runs = view.list('Job', namespace).filter(({ metadata }) => metadata.ownerReferences?.some(({ kind, name }) => kind === 'CronJob' && name === cronJob));
  const seconds = runs.flatMap(({ status }) => {
    const [start, end] = [timeOf(status?.startTime), timeOf(status?.completionTime)];
    return start === null || end === null ? [] : [Math.round((end - start) / 1000)];
  });
  return seconds.length === 0 ? null : Math.max(...seconds);
}
