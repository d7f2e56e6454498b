import { podNotConsidered } from '../analysers/pod-scheduling.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';

const id = 'scheduler';
const defaultScheduler = 'default-scheduler';

/** `meant` is a scheduler that acts and is named almost so. */
export type SchedulerFacts = { scheduler: string; usual: string | null; meant: string | null };

export const schedulerNotRunning = defineMechanism<SchedulerFacts>({
  id: 'scheduler-not-running',
  title: (facts) => `Scheduler ${facts.scheduler} does not run`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} asks for spec.schedulerName ${facts.scheduler}, and nothing in the cluster acts under that name, so no scheduler ever looks at its pods.` +
    `${facts.meant !== null ? ` ${facts.meant} does.` : facts.usual === null ? '' : ` The other pods are scheduled by ${facts.usual}.`}`,
});

export const defaultSchedulerDown = defineMechanism<SchedulerFacts>({
  id: 'default-scheduler-down',
  title: (facts) => `${facts.scheduler} schedules nothing`,
  sentence: (facts) => `Pods of ${facts.scheduler} get neither a node nor a word why: the scheduler does not run or has lost its lease.`,
});

export const schedulerRule = defineRule({
  id,
  explains: [podNotConsidered.code],
  mechanisms: [schedulerNotRunning, defaultSchedulerDown],
  *explain(finding, view): Iterable<Explanation> {
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    const scheduler = stringFact(finding.facts, 'scheduler');
    if (pod === undefined || scheduler === null) return;
    const workload = workloadOf(pod, view);
    const usual = usualScheduler(scheduler, view);
    const meant = nearMiss(scheduler, usual === null ? [defaultScheduler] : [usual, defaultScheduler]);
    const common = { rule: id, finding, object: workload.ref, facts: { scheduler, usual, meant }, via: ownedBy(finding.object, view) };
    if (scheduler === defaultScheduler) {
      yield endsAt({ ...common, mechanism: defaultSchedulerDown, strength: 'possible' });
      return;
    }
    const served = view.list('Pod').filter((other) => other.spec?.schedulerName === scheduler && other.spec.nodeName !== undefined).length;
    const none = evidence({ source: 'absence', object: workload.ref, text: `No pod that was read was placed by ${scheduler}` });
    const seen = fieldEvidence(workload.ref, `${workload.path}.schedulerName`, scheduler, { decisive: true });
    yield endsAt({ ...common, mechanism: schedulerNotRunning, strength: served === 0 ? 'certain' : 'likely', evidence: served === 0 ? [seen, none] : [seen] });
  },
});

/** The scheduler that placed the most pods. */
export function usualScheduler(except: string, view: RuleView): string | null {
  const counts = new Map<string, number>();
  for (const pod of view.list('Pod')) {
    const name = pod.spec?.schedulerName;
    if (name !== undefined && name !== except && pod.spec?.nodeName !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? null;
}
