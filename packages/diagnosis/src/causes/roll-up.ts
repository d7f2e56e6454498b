import { isKind, type ObjectRef, refOf } from '@quarterdeck/contract';
import { jobFailed } from '../analysers/job-outcome.ts';
import { workloadRolloutStuck, workloadUnavailable } from '../analysers/workload-availability.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { isReady } from '../pods/containers.ts';
import { podRef, replicaSetsOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ownedBy, upstream } from './explain.ts';

const id = 'roll-up';

/** A controller is as ill as its unready pods, or as what keeps it from creating them. */
export const rollUpRule = defineRule({
  id,
  explains: [workloadUnavailable.code, workloadRolloutStuck.code, jobFailed.code],
  mechanisms: [],
  *explain(finding, view): Iterable<Explanation> {
    const creators = creatorsOf(finding.object, view);
    for (const ref of [...creators, ...unreadyPods(finding.object, view)]) {
      // A blemish of the controller itself keeps no pod from running.
      const causes = view.findingsOn(ref).filter(({ severity }) => severity !== 'low' || !creators.includes(ref));
      for (const cause of causes)
        if (cause.id !== finding.id && !isRollUp(cause)) yield upstream(finding, cause, { rule: id, strength: 'certain', via: ownedBy(ref, view) });
    }
  },
});

function isRollUp(finding: IdentifiedFinding): boolean {
  return finding.code === workloadUnavailable.code || finding.code === workloadRolloutStuck.code;
}

function creatorsOf(workload: ObjectRef, view: RuleView): ObjectRef[] {
  return [workload, ...replicaSetsOf(workload, view).map((set) => refOf(set))];
}

function unreadyPods(workload: ObjectRef, view: RuleView): ObjectRef[] {
  return view
    .podsOf(workload)
    .filter((pod) => isKind(pod, 'Pod') && !isReady(pod))
    .map(podRef);
}
